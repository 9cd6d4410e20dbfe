using CsCheck;
using Earmark.Storage.Influx;
using Xunit;

namespace Earmark.Tests.Storage.Influx;

public sealed class InfluxNameTests
{
    private static readonly Gen<string> Hostile = Gen.OneOf(Gen.Char, Gen.Const('\''), Gen.Const('"'), Gen.Const('\\'), Gen.Const('%'), Gen.Const(','), Gen.Const(' '), Gen.Const('\n'))
        .Array[0, 40].Select(characters => new string(characters));

    [Fact]
    public void Any_name_comes_back_as_it_was() => Hostile.Sample(name => InfluxName.Decode(InfluxName.Code(name)) == name);

    [Fact]
    public void A_coded_name_has_no_character_that_means_anything_to_line_protocol_or_InfluxQL() =>
        Hostile.Sample(name => InfluxName.Code(name) is { Length: > 0 } coded && coded.All(c => char.IsAsciiLetterOrDigit(c) || "-_.:%".Contains(c, StringComparison.Ordinal)));

    [Fact]
    public void Two_names_are_never_coded_alike() =>
        Gen.Select(Hostile, Hostile).Sample((one, other) => one == other || InfluxName.Code(one) != InfluxName.Code(other));

    [Theory]
    [InlineData("156000000000001", "156000000000001")]
    [InlineData("demo-ranch_1.a:b", "demo-ranch_1.a:b")]
    [InlineData("", "%")]
    [InlineData("a b", "a%0020b")]
    [InlineData("a%0020b", "a%00250020b")]
    [InlineData("牛", "%725B")]
    public void Names_are_coded_like_this(string name, string coded) => Assert.Equal(coded, InfluxName.Code(name));

    [Fact]
    public void What_nobody_coded_is_read_without_failing() => Hostile.Sample(text => InfluxName.Decode(text) is not null);

    [Fact]
    public void A_name_longer_than_the_limit_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => InfluxName.Code(new string('a', InfluxName.MaximumLength + 1)));
}
