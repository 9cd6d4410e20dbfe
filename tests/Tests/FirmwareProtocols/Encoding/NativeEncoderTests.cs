using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Decoding;
using Earmark.FirmwareProtocols.Encoding;
using Xunit;

namespace Earmark.Tests.FirmwareProtocols.Encoding;

public sealed class NativeEncoderTests
{
    private const string Start = """ "deviceId":"scale-1","boot":1,"sequence":1,"time":"2026-01-01T00:00:00Z" """;

    [Theory]
    [InlineData("", "not JSON: line 1, byte 1")]
    [InlineData("{\"message\":", "not JSON: line 1, byte 12")]
    [InlineData("[]", "the line must be a JSON object")]
    [InlineData("""{"ok":false,"reason":"bad-crc","offset":1}""", "ok is not true: a refusal can't be encoded")]
    [InlineData("""{"protocol":"jt808","fields":{}}""", "protocol must be native")]
    [InlineData("""{"message":"gps-node"}""", "fields must be an object")]
    [InlineData("""{"message":"cow","fields":{}}""", "message must be ear-tag, base-station, tmr-feeder, warehouse-scale or gps-node")]
    [InlineData("""{"message":"gps-node","fields":{}}""", "fields.deviceId is missing")]
    [InlineData("""{"message":"gps-node","fields":{"deviceId":7}}""", "fields.deviceId must be a short text")]
    [InlineData("""{"message":"gps-node","fields":{"deviceId":"A"}}""", "fields.deviceId must be 1–16 characters of a–z, 0–9 and '-'")]
    [InlineData("""{"message":"ear-tag","fields":{"deviceId":"a"}}""", "fields.deviceId must be a 15-digit tag number (country 001–999, national number at most 274877906943)")]
    [InlineData("""{"message":"gps-node","fields":{"deviceId":"a"}}""", "fields.boot is missing")]
    [InlineData("""{"message":"gps-node","fields":{"deviceId":"a","boot":0}}""", "fields.boot must be 1 to 4294967295, a whole number")]
    [InlineData("""{"message":"gps-node","fields":{"deviceId":"a","boot":1,"boot":2}}""", "a field is given twice")]
    [InlineData("""{"message":"gps-node","fields":{"deviceId":"a","boot":1,"sequence":1,"time":"yesterday"}}""", "fields.time must be UTC as 2026-01-31T08:30:00.000Z, from 1970 to 2099")]
    public void What_is_wrong_with_a_line_is_said_by_field(string line, string reason) => Assert.Equal(reason, Refused(line));

    [Theory]
    [InlineData(""" "unit":"kg" """, "fields.gross is missing")]
    [InlineData(""" "gross":"12,5","unit":"kg" """, "fields.gross must be a number")]
    [InlineData(""" "gross":12.5 """, "fields.unit is missing")]
    [InlineData(""" "gross":12.5,"unit":"pood" """, "fields.unit must be g, kg, t or lb")]
    [InlineData(""" "gross":12.5,"unit":"kg","decimalExponent":0 """, "fields.gross must be a multiple of 1, at most 2147483647 of them")]
    [InlineData(""" "gross":12.5,"unit":"kg","netKilograms":12.4 """, "fields.netKilograms is 12.5 by net and unit")]
    [InlineData(""" "gross":12.5,"unit":"kg","scaleFlags":["heavy"] """, "fields.scaleFlags may hold stable, overload, underload, zero, tare-active, not \"heavy\"")]
    [InlineData(""" "gross":12.5,"unit":"kg","weight":12.5 """, "fields.weight is not a field of this message")]
    [InlineData(""" "gross":12.5,"unit":"kg","purpose":"theft" """, "fields.purpose must be one of continuous, inbound, outbound, check")]
    [InlineData(""" "gross":12.5,"unit":"kg","reference":"a b" """, "fields.reference must be at most 16 characters of A–Z, a–z, 0–9, '.', '_', ':', '/' and '-'")]
    public void A_wrong_scale_reading_is_said_by_field(string fields, string reason) =>
        Assert.Equal(reason, Refused("""{"message":"warehouse-scale","fields":{""" + Start + "," + fields + "}}"));

    [Fact]
    public void A_reading_written_by_hand_needs_only_what_matters()
    {
        string line = """{"message":"warehouse-scale","fields":{""" + Start + ""","gross":1234.5,"tare":"34.25","unit":"kg","scaleFlags":["stable"]}}""";
        Assert.True(NativeEncoder.TryEncode(line, Keys.Bytes, 9, out byte[] frame, out string reason), reason);
        string decoded = NativeDecoder.Decode(frame, Keys.One);
        Assert.Contains("""
            "keyId":9,"flags":[],"mac":"verified","gross":"1234.50","tare":"34.25","net":"1200.25","unit":"kg","decimalExponent":-2,"netKilograms":"1200.25","scaleFlags":["stable"],"purpose":"continuous","reference":null
            """, decoded, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_observation_is_said_by_its_place()
    {
        string good = """{"tag":"156000000000001","batteryPercent":50,"activityCount":1,"motionlessMinutes":0}""";
        string Line(string second) => 
            """{"message":"base-station","fields":{""" + Start + ""","roundNumber":1,"durationSeconds":60,"observations":[""" + good + "," + second + "]}}";
        Assert.Equal("fields.observations[1] must be an object", Refused(Line("3")));
        Assert.Equal("fields.observations[1].activityCount must be 0 to 65535, a whole number", Refused(Line(good.Replace(":1,", ":65536,", StringComparison.Ordinal))));
        Assert.Equal(
            "fields.observations[1].temperatureCelsius must be -40.00 to 85.00, in steps of 0.01",
            Refused(Line(good.Replace("}", ",\"temperatureCelsius\":38.505}", StringComparison.Ordinal))));
        Assert.True(NativeEncoder.TryEncode(Line(good), Keys.Bytes, 1, out byte[] frame, out string reason), reason);
        Assert.Contains("\"batteryPercent\":53", NativeDecoder.Decode(frame, null), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_wherever_it_stands()
    {
        // Not as inline data: the runner would replace it before the test sees it.
        Assert.Equal("not JSON: invalid text", Refused("{\"message\":\"\ud800\"}"));
        Assert.Equal("not JSON: invalid text", Refused("""{"message":"gps-node","fields":{"\ud800":1}}"""));
        Assert.Equal("fields.deviceId must be a short text", Refused("""{"message":"gps-node","fields":{"deviceId":"\ud800"}}"""));
    }

    [Fact]
    public void A_line_beyond_the_limit_and_a_short_key_are_refused()
    {
        Assert.Equal("more than 131072 characters", Refused(new string(' ', NativeEncoder.MaxJsonCharacters + 1)));
        Assert.False(NativeEncoder.TryEncode("{}", new byte[31], 1, out _, out string reason));
        Assert.Equal("the key must have 32 bytes, not 31", reason);
        Assert.StartsWith("not JSON", Refused(new string('[', NativeEncoder.MaxJsonCharacters)), StringComparison.Ordinal);
    }

    private static string Refused(string line)
    {
        Assert.False(NativeEncoder.TryEncode(line, Keys.Bytes, 1, out byte[] frame, out string reason));
        Assert.Empty(frame);
        return reason;
    }
}
