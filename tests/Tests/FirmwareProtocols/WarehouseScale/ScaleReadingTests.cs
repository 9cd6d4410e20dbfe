using System.Globalization;
using Earmark.FirmwareProtocols.WarehouseScale;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols.WarehouseScale;

public sealed class ScaleReadingTests
{
    [Theory]
    [InlineData(1234567, -3, WeightUnit.Kilogram, "1234567", 1234567)]
    [InlineData(42150, -3, WeightUnit.Tonne, "42150000", 42150000)]
    [InlineData(4215, 1, WeightUnit.Kilogram, "42150000", 42150000)]
    [InlineData(100, -2, WeightUnit.Pound, "453.59237", 454)]
    [InlineData(5, -1, WeightUnit.Gram, "0.5", 1)]
    [InlineData(-5, -1, WeightUnit.Gram, "-0.5", -1)]
    [InlineData(4, -1, WeightUnit.Gram, "0.4", 0)]
    [InlineData(int.MaxValue, 3, WeightUnit.Tonne, "2147483647000000000", 2147483647000000000)]
    [InlineData(int.MinValue, -6, WeightUnit.Pound, "-974082.19743256576", -974082)]
    public void Grams_are_exact_and_whole_grams_round_half_away_from_zero(int net, sbyte exponent, WeightUnit unit, string grams, long whole)
    {
        ScaleReading reading = new(net, 0, net, exponent, unit, ScaleFlags.Stable, ScalePurpose.Check, default);
        Assert.Equal(decimal.Parse(grams, CultureInfo.InvariantCulture), reading.NetGrams);
        Assert.Equal(reading.NetGrams, reading.GrossGrams);
        Assert.Equal(whole, reading.NetWholeGrams);
    }

    [Theory]
    [InlineData(ScaleFlags.Overload)]
    [InlineData(ScaleFlags.Underload)]
    public void Beyond_its_range_a_scale_shows_no_weight_rather_than_0(ScaleFlags flags)
    {
        ScaleReading reading = new(0, 500, 0, 0, WeightUnit.Kilogram, flags, ScalePurpose.Inbound, default);
        byte[] payload = new byte[WarehouseScaleCodec.PayloadLength];
        WarehouseScaleCodec.Write(reading, payload);
        Assert.True(WarehouseScaleCodec.TryRead(payload, out ScaleReading read, out _));
        Assert.Null(read.NetGrams);
        Assert.Null(read.GrossGrams);
        Assert.Null(read.NetWholeGrams);
        Assert.Equal(500_000m, read.TareGrams);
    }

    [Fact]
    public void A_net_weight_that_does_not_follow_can_not_be_written()
    {
        ScaleReading reading = new(10, 3, 8, 0, WeightUnit.Kilogram, ScaleFlags.Stable, ScalePurpose.Inbound, default);
        Assert.Throws<ArgumentException>(() => WarehouseScaleCodec.Write(reading, new byte[WarehouseScaleCodec.PayloadLength]));
    }
}
