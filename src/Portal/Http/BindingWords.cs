using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Earmark.Portal.Http;

/// <summary>
/// What the framework says of a request it could not read, in words of the interface: a caller sends JSON members and query parameters and
/// knows nothing of our types. A text that is not known here is passed on unless it names one of them.
/// </summary>
internal static partial class BindingWords
{
    private const string Unreadable = "The request could not be read.";

    public static string Of(JsonException json)
    {
        // The serializer's text ends with its own rendering of the path and line; that is said once, elsewhere.
        var text = json.Message;
        var cut = text.IndexOf(" Path: ", StringComparison.Ordinal);
        text = cut < 0 ? text : text[..cut];
        return text.StartsWith("The JSON value could not be converted", StringComparison.Ordinal) ? "The value is not of the kind that is taken here."
            : text.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) ? "There is no such member."
            : text.Contains("doesn't allow null values", StringComparison.Ordinal) ? "It may not be null."
            : Missing().Match(text) is { Success: true } missing ? $"It lacks {missing.Groups[1].Value.TrimEnd('.')}."
            : NamesOurTypes(text) ? Unreadable
            : text;
    }

    public static string Of(BadHttpRequestException bad) =>
        bad.Message.Contains("no body was provided", StringComparison.Ordinal) ? "The request needs a body."
            : Unbound().Match(bad.Message) is { Success: true } unbound ? $"'{unbound.Groups[2].Value}' is no value for {JsonNamingPolicy.CamelCase.ConvertName(unbound.Groups[1].Value)}."
            : Absent().Match(bad.Message) is { Success: true } absent ? $"{JsonNamingPolicy.CamelCase.ConvertName(absent.Groups[1].Value)} is needed."
            : NamesOurTypes(bad.Message) ? Unreadable
            : bad.Message;

    private static bool NamesOurTypes(string text) =>
        text.Contains("Earmark.", StringComparison.Ordinal) || text.Contains("System.", StringComparison.Ordinal);

    [GeneratedRegex("missing required properties[^:]*: (.*)$", RegexOptions.Singleline)]
    private static partial Regex Missing();

    [GeneratedRegex("^Failed to bind parameter \"[^ ]+ ([A-Za-z0-9]+)\" from \"(.*)\"\\.$", RegexOptions.Singleline)]
    private static partial Regex Unbound();

    [GeneratedRegex("^Required parameter \"[^ ]+ ([A-Za-z0-9]+)\"")]
    private static partial Regex Absent();
}
