using System.Globalization;
using System.Text;
using CsCheck;
using Earmark.Storage.History;
using Earmark.Storage.Influx;
using Xunit;

namespace Earmark.Tests.Storage.Influx;

public sealed class LineProtocolTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_point_is_one_line_with_its_words_its_shape_and_its_time()
    {
        Assert.Equal(
            "facility,subject=demo-loan shape=27i,eligible_value=1.5,debt=-2,borrowing_base=10000000000000000 1772366400000\n",
            Written(lines => lines.Add(new HistoryPoint(HistorySeries.Facility, "demo-loan", Noon, [1.5, -2, double.NaN, 1e16]))));
        Assert.Equal("watermark,tailer=journal sequence=42i 0\n", Written(lines => lines.AddWatermark("journal", 42)));
    }

    [Fact]
    public void Whatever_the_names_and_numbers_it_is_one_line_that_says_exactly_them() =>
        Gen.Select(Gen.String, Gen.String, Gen.Double.Array[0, HistoryLimits.ValuesPerPoint], Gen.Long[-9_000_000_000_000, 9_000_000_000_000]).Sample((series, subject, values, at) =>
        {
            var point = new HistoryPoint(series, subject, DateTimeOffset.FromUnixTimeMilliseconds(at), values);
            var line = Written(lines => lines.Add(point));
            var parts = line.TrimEnd('\n').Split(' ');
            var key = parts[0].Split(',');
            var fields = parts[1].Split(',').Select(field => field.Split('=')).ToDictionary(field => field[0], field => field[1], StringComparer.Ordinal);
            return line.Count(c => c == '\n') == 1 && parts.Length == 3 && key.Length == 2
                && InfluxName.Decode(key[0]) == series && InfluxName.Decode(key[1]["subject=".Length..]) == subject
                && fields.Count == 1 + values.Count(double.IsFinite)
                && values.Select((value, i) => (value, i)).All(v => !double.IsFinite(v.value)
                    || BitConverter.DoubleToInt64Bits(double.Parse(fields[InfluxFields.Of(series)[v.i]], CultureInfo.InvariantCulture)) == BitConverter.DoubleToInt64Bits(v.value))
                && parts[2] == at.ToString(CultureInfo.InvariantCulture);
        });

    [Fact]
    public void A_time_outside_the_server_s_clock_is_set_to_its_end()
    {
        Assert.EndsWith(" -9223372036000\n", Written(lines => lines.Add(Point(DateTimeOffset.MinValue))), StringComparison.Ordinal);
        Assert.EndsWith(" 9223372036000\n", Written(lines => lines.Add(Point(DateTimeOffset.MaxValue))), StringComparison.Ordinal);
    }

    [Fact]
    public void More_values_than_a_point_may_have_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => Written(lines => lines.Add(Point(Noon) with { Values = new double[HistoryLimits.ValuesPerPoint + 1] })));

    [Fact]
    public void A_refusal_keeps_its_reason_whatever_is_in_it() => Gen.Select(Gen.String, Gen.String, Gen.Byte.Array[0, 300]).Sample((device, reason, bytes) =>
    {
        var line = Written(lines => lines.Add(new RefusalRow(Noon, device, reason, 3, bytes, 2), []));
        var parts = line.TrimEnd('\n').Split(' ');
        return line.Count(c => c == '\n') == 1 && parts.Length == 3 && InfluxName.Decode(parts[1].Split('"')[1]) == reason
            && parts[1].EndsWith(",count=2i", StringComparison.Ordinal) && parts[2].Length == "1772366400000000000".Length;
    });

    private static HistoryPoint Point(DateTimeOffset at) => new(HistorySeries.Scale, "scale-1", at, [1]);

    private static string Written(Action<LineProtocol> write)
    {
        var lines = new LineProtocol();
        write(lines);
        return Encoding.UTF8.GetString(lines.Lines.Span);
    }
}
