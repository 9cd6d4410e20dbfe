using System.Text.RegularExpressions;
using Xunit;

namespace Earmark.Tests.House;

public sealed partial class The_code_keeps_its_manner
{
    private const int MaximumLines = 300;
    private const int MaximumTestLines = 400;

    [Fact]
    public void No_file_grows_past_what_one_can_read_in_one_sitting()
    {
        var long_ones = Repository.Files("*.cs").Concat(Repository.Files("*.razor")).Concat(Repository.Files("*.ts"))
            .Select(path => (path, lines: File.ReadLines(path).Count()))
            .Where(file => file.lines > (InTests(file.path) ? MaximumTestLines : MaximumLines))
            .Select(file => $"{Path.GetRelativePath(Repository.Root, file.path)}: {file.lines} lines");
        Assert.Empty(long_ones);
    }

    [Fact]
    public void Nothing_is_left_for_later_in_the_code_itself()
    {
        var left = Sources().SelectMany(path => File.ReadLines(path)
            .Where(line => LeftForLater().IsMatch(line))
            .Select(line => $"{Path.GetRelativePath(Repository.Root, path)}: {line.Trim()}"));
        Assert.Empty(left);
    }

    [Fact]
    public void Types_are_named_in_the_words_of_the_trade()
    {
        var vague = Sources().SelectMany(path => VagueType().Matches(File.ReadAllText(path))
            .Select(match => $"{Path.GetRelativePath(Repository.Root, path)}: {match.Value}"));
        Assert.Empty(vague);
    }

    [Theory]
    [InlineData("EarTag")]
    [InlineData("BaseStation")]
    [InlineData("TmrFeeder")]
    [InlineData("WarehouseScale")]
    [InlineData("GpsNode")]
    public void The_same_word_names_a_device_in_every_layer(string word)
    {
        string[] layers = ["firmware-protocols", "src/Contracts", "src/Silo", "src/DeviceSim", "tests"];
        var kebab = Regex.Replace(word, "(?<=[a-z])([A-Z])", "-$1");
        var silent = layers.Where(layer => !Directory.EnumerateFiles(Path.Combine(Repository.Root, layer), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith("The_code_keeps_its_manner.cs", StringComparison.Ordinal))
            .Any(path => Mentions(path, word) || Mentions(path, kebab)));
        Assert.Empty(silent);
    }

    private static bool Mentions(string path, string word) =>
        File.ReadAllText(path).Contains(word, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Sources() => Repository.Files("*.cs").Where(path => !InTests(path));

    private static bool InTests(string path) =>
        Path.GetRelativePath(Repository.Root, path).StartsWith("tests", StringComparison.Ordinal);

    [GeneratedRegex(@"TODO|FIXME|NotImplementedException|catch *(\([A-Za-z]*\))? *\{ *\}")]
    private static partial Regex LeftForLater();

    [GeneratedRegex(@"\b(class|record|struct|interface) (struct )?\w+(Dto|Model|Info|Manager|Helper|Util|Utils)\b")]
    private static partial Regex VagueType();
}
