using System.Text.RegularExpressions;
using System.Xml.Linq;
using Earmark.FirmwareProtocols;
using Earmark.Gateway;
using Earmark.Tests.House;
using Xunit;

namespace Earmark.Tests.Portal;

public sealed partial class WordsTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "Portal");

    [Fact]
    public void Every_text_of_a_page_has_its_chinese()
    {
        var chinese = Keys("Words.zh-CN.resx");
        var used = Files("*.razor").Concat(Files("*.cs")).SelectMany(path => Text().Matches(File.ReadAllText(path))
            .Select(match => (Key: Regex.Unescape(match.Groups[1].Value), File: Path.GetFileName(path)))).ToArray();
        Assert.NotEmpty(used);
        Assert.Empty(used.Where(text => !text.Key.EndsWith('.') && !chinese.Contains(text.Key)).Distinct());
    }

    [Fact]
    public void Every_entry_of_the_menu_has_its_chinese()
    {
        var chinese = Keys("Words.zh-CN.resx");
        var entries = Entry().Matches(File.ReadAllText(Path.Combine(Folder, "Layout", "Menu.cs"))).Select(match => match.Groups[1].Value).ToArray();
        Assert.NotEmpty(entries);
        Assert.Empty(entries.Except(chinese));
    }

    [Fact]
    public void Every_code_has_a_word_in_both_languages()
    {
        var chinese = Keys("Words.zh-CN.resx").Where(key => Code().IsMatch(key)).Order(StringComparer.Ordinal);
        var english = Keys("Words.resx").Where(key => Code().IsMatch(key)).Order(StringComparer.Ordinal);
        Assert.Equal(english, chinese);
    }

    /// <summary>What a device page shows of a refused frame.</summary>
    [Theory]
    [InlineData(typeof(RefusalReasons))]
    [InlineData(typeof(GatewayReasons))]
    public void Every_reason_a_frame_is_refused_for_has_a_word(Type reasons)
    {
        var codes = reasons.GetFields().Select(field => $"frame.{field.GetRawConstantValue()}").ToArray();
        Assert.NotEmpty(codes);
        Assert.Empty(codes.Except(Keys("Words.resx")));
    }

    [Fact]
    public void No_text_is_there_twice_not_even_in_other_case_or_left_empty()
    {
        foreach (var file in new[] { "Words.resx", "Words.zh-CN.resx" })
        {
            var entries = Entries(file).ToArray();
            Assert.Empty(entries.GroupBy(entry => entry.Key, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key));
            Assert.Empty(entries.Where(entry => string.IsNullOrWhiteSpace(entry.Text)).Select(entry => entry.Key));
        }
    }

    [Fact]
    public void A_text_and_its_translation_take_the_same_values()
    {
        var differing = Entries("Words.zh-CN.resx").Where(entry => !Code().IsMatch(entry.Key))
            .Where(entry => !Holes(entry.Key).SetEquals(Holes(entry.Text)));
        Assert.Empty(differing.Select(entry => entry.Key));
    }

    private static HashSet<string> Holes(string text) => Hole().Matches(text).Select(match => match.Value).ToHashSet();

    private static HashSet<string> Keys(string file) => Entries(file).Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<(string Key, string Text)> Entries(string file) =>
        XDocument.Load(Path.Combine(Folder, "Words", file)).Root!.Elements("data")
            .Select(data => (data.Attribute("name")!.Value, data.Element("value")!.Value));

    private static IEnumerable<string> Files(string pattern) =>
        Repository.Files(pattern).Where(path => path.StartsWith(Folder, StringComparison.Ordinal));

    [GeneratedRegex("""(?<![A-Za-z])L\["((?:[^"\\]|\\.)+)"[\],]""")]
    private static partial Regex Text();

    [GeneratedRegex("new\\(\"/[^\"]*\", \"([^\"]+)\"[,)]")]
    private static partial Regex Entry();

    [GeneratedRegex("^[a-z-]+\\.[a-z0-9-]+$")]
    private static partial Regex Code();

    [GeneratedRegex(@"\{\d+[^}]*\}")]
    private static partial Regex Hole();
}
