using System.Buffers;
using CsCheck;
using Earmark.FirmwareProtocols.ModbusRtu;
using Earmark.FirmwareProtocols.Weighing;
using Earmark.FirmwareProtocols.Wire;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols.Weighing;

public sealed class ScaleNumberTests
{
    [Theory]
    [InlineData("  12.50", "12.50")]
    [InlineData("-   0.020", "-0.020")]
    [InlineData("+00123.00", "123.00")]
    [InlineData("-0.00", "0.00")]
    [InlineData("12.", "12")]
    [InlineData(".5", "0.5")]
    public void A_displayed_number_is_read_exactly(string text, string value)
    {
        Assert.Equal(NumberReading.Good, ScaleNumber.Read(System.Text.Encoding.ASCII.GetBytes(text), out decimal read));
        Assert.Equal(value, ScaleNumber.Text(read));
    }

    [Theory]
    [InlineData("")]
    [InlineData("       ")]
    [InlineData("     .  ")]
    [InlineData("-    .  ")]
    [InlineData("+")]
    public void Without_a_digit_it_is_blank_and_not_0(string text) => Assert.Equal(NumberReading.Blank, ScaleNumber.Read(System.Text.Encoding.ASCII.GetBytes(text), out _));

    [Theory]
    [InlineData("1.2.3")]
    [InlineData("..")]
    [InlineData("1 2")]
    [InlineData("1e5")]
    [InlineData("1,5")]
    [InlineData("--1")]
    [InlineData("1-")]
    [InlineData("1234567890123456")]
    [InlineData("٣")]
    public void What_is_no_displayed_number_is_bad(string text) => Assert.Equal(NumberReading.Bad, ScaleNumber.Read(System.Text.Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Every_weight_comes_back_the_same_from_every_scale_that_can_show_it() =>
        Gen.Select(Gen.Int[-99_999, 999_999], Gen.Int[0, 3], Gen.Bool).Sample((digits, decimals, stable) =>
        {
            decimal value = ScaleNumber.Of(Math.Abs(digits), digits < 0, decimals);
            foreach (ScaleProtocol scale in Protocols.All.OfType<ScaleProtocol>())
            {
                ScaleMessage weight = scale.Name switch
                {
                    "mt-sics" => new ScaleMessage(ScaleEvent.Weight, value, "kg", stable ? Stability.Yes : Stability.No, GrossNet.Net),
                    "and" or "ohaus" => new ScaleMessage(ScaleEvent.Weight, value, "kg", stable ? Stability.Yes : Stability.No, GrossNet.Unknown),
                    "toledo" => new ScaleMessage(ScaleEvent.Weight, value, "kg", stable ? Stability.Yes : Stability.No, GrossNet.Net, value < 0 ? -value : value, "checksum"),
                    "rice-lake" => new ScaleMessage(ScaleEvent.Weight, value, "kg", stable ? Stability.Yes : Stability.No, GrossNet.Gross),
                    "xk3190-a12" => new ScaleMessage(ScaleEvent.Weight, value, "kg", Stability.Unknown, GrossNet.Gross),
                    _ => new ScaleMessage(ScaleEvent.Weight, value, "kg", Stability.Unknown, GrossNet.Unknown),
                };
                ArrayBufferWriter<byte> bytes = new();
                scale.Write(weight, ProtocolSettings.Default, bytes);
                Assert.True(scale.TryRead(bytes.WrittenSpan, ProtocolSettings.Default, out ScaleMessage read, out _), scale.Name + Convert.ToHexString(bytes.WrittenSpan));
                Assert.Equal(weight, read);
                Assert.Equal(ScaleNumber.Text(value), ScaleNumber.Text(read.Value!.Value));
            }
        }, iter: 3_000);

    [Fact]
    public void The_same_weight_five_times_running_stood_still()
    {
        SamenessRule rule = new();
        ScaleMessage weight = new(ScaleEvent.Weight, 12.50m, "kg", Stability.Unknown, GrossNet.Unknown);
        Assert.Equal(
            [Stability.Unknown, Stability.Unknown, Stability.Unknown, Stability.Unknown, Stability.Derived, Stability.Derived],
            Enumerable.Range(0, 6).Select(_ => rule.Judge(weight).Stable));
        Assert.Equal(Stability.Unknown, rule.Judge(weight with { Value = 12.51m }).Stable);
        rule.Judge(ScaleMessage.Of(ScaleEvent.Blank));
        Assert.Equal(Stability.Unknown, rule.Judge(weight with { Value = 12.51m }).Stable);
        Assert.Equal(Stability.No, rule.Judge(weight with { Stable = Stability.No }).Stable);
    }

    [Fact]
    public void The_CRC_is_that_of_the_standard() => Assert.Equal(0x4B37, ModbusCrc.Compute("123456789"u8));
}
