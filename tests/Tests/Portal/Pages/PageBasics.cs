using System.Net;
using System.Text.RegularExpressions;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal.Pages;

/// <summary>What holds of every page: it renders, is named once, its fields have labels, its tables heads, its style no attributes.</summary>
internal static partial class PageBasics
{
    public static string Holds(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status}: {answer.Text[..Math.Min(answer.Text.Length, 2_000)]}");
        Assert.Single(Heading().Matches(answer.Text));
        Assert.Empty(Unlabelled(answer.Text));
        Assert.DoesNotContain(" style=", answer.Text, StringComparison.Ordinal);
        Assert.All(Table().Matches(answer.Text), table => Assert.Contains("<th scope=\"col\"", table.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("<td></td><td></td><td></td><td></td>", answer.Text, StringComparison.Ordinal);
        return answer.Text;
    }

    /// <summary>Visible fields without a label: neither a label for their id, nor an aria-label, nor a label around them.</summary>
    public static IReadOnlyList<string> Unlabelled(string page)
    {
        var labelled = LabelFor().Matches(page).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var bare = LabelAround().Replace(page, "");
        return [.. FormField().Matches(bare).Select(match => match.Value)
            .Where(field => !field.Contains("type=\"hidden\"", StringComparison.Ordinal) && !field.Contains("aria-label=", StringComparison.Ordinal)
                && !(FieldId().Match(field) is { Success: true } id && labelled.Contains(id.Groups[1].Value)))];
    }

    [GeneratedRegex("<h1[ >]")]
    private static partial Regex Heading();

    [GeneratedRegex("<table.*?</table>", RegexOptions.Singleline)]
    private static partial Regex Table();

    [GeneratedRegex("<label[^>]*for=\"([^\"]+)\"")]
    private static partial Regex LabelFor();

    [GeneratedRegex("<label(?![^>]*for=)[^>]*>.*?</label>", RegexOptions.Singleline)]
    private static partial Regex LabelAround();

    [GeneratedRegex("<(?:input|select|textarea)[^>]*>")]
    private static partial Regex FormField();

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex FieldId();
}
