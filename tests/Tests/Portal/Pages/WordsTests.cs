using System.Text.RegularExpressions;
using System.Xml.Linq;
using Earmark.Tests.House;
using Xunit;

namespace Earmark.Tests.Portal.Pages;

/// <summary>Every text of the portal is there in both languages.</summary>
public sealed partial class WordsTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "Portal");

    [Fact]
    public void Every_text_a_page_says_has_its_chinese()
    {
        var chinese = KeysOf("Words.zh-CN.resx");
        var missing = Said().Where(text => !chinese.Contains(text)).ToArray();
        Assert.True(missing.Length == 0, "without Chinese: " + string.Join(" | ", missing));
    }

    [Fact]
    public void Every_code_has_a_word_in_both_languages()
    {
        var english = KeysOf("Words.resx");
        var chinese = KeysOf("Words.zh-CN.resx");
        Assert.Empty(english.Except(chinese));
        Assert.Empty(chinese.Where(key => Code().IsMatch(key)).Except(english));
    }

    [Fact]
    public void Both_languages_take_the_same_arguments()
    {
        var english = TextsOf("Words.resx");
        foreach (var (key, chinese) in TextsOf("Words.zh-CN.resx"))
        {
            Assert.Equal((key, Arguments(english.GetValueOrDefault(key, key))), (key, Arguments(chinese)));
        }
    }

    [Fact]
    public void A_text_without_chinese_is_found() => Assert.Contains(Said(["@L[\"No such text\", 1]"]), text => text == "No such text");

    private static string Arguments(string text) => string.Join(' ', Argument().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    private static HashSet<string> Said() => Said(Repository.Files("*.razor").Concat(Repository.Files("*.cs"))
        .Where(path => path.StartsWith(Folder, StringComparison.Ordinal)).Select(File.ReadAllText));

    private static HashSet<string> Said(IEnumerable<string> sources) =>
        sources.SelectMany(source => Text().Matches(source)).Select(match => Regex.Unescape(match.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);

    private static HashSet<string> KeysOf(string file) => [.. TextsOf(file).Keys];

    private static Dictionary<string, string> TextsOf(string file) => XDocument.Load(Path.Combine(Folder, "Words", file)).Descendants("data")
        .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    [GeneratedRegex("""\bL\["((?:[^"\\]|\\.)*)"\s*[\],]""")]
    private static partial Regex Text();

    [GeneratedRegex("^[a-z]+\\.[a-z0-9-]+$")]
    private static partial Regex Code();

    [GeneratedRegex("\\{[0-9]")]
    private static partial Regex Argument();
}
