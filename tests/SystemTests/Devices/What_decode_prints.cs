using System.Text.Json.Nodes;
using Earmark.SystemTests.Running;

namespace Earmark.SystemTests.Devices;

/// <summary><c>earmark decode</c> as a person or a script calls it: one line an item, exit codes, streams.</summary>
public sealed class What_decode_prints
{
    private const string Location = "7e0200001c013912345678000100000000000000030298ac4006ebe740041a02d3005a2511010830159d7e";

    [Fact]
    public async Task A_location_is_one_line_and_a_broken_one_is_a_refusal_with_exit_code_1()
    {
        var (code, output) = await Command.RunAsync("decode", "--protocol", "jt808", "--hex", Location);
        var fields = JsonNode.Parse(output)!["fields"]!;
        Assert.Equal(0, code);
        Assert.Equal(43.56m, fields["latitude"]!.GetValue<decimal>());
        Assert.Equal("2025-11-01T00:30:15Z", fields["time"]!.GetValue<string>());

        (code, output) = await Command.RunAsync("decode", "--protocol", "jt808", "--hex", Location.Replace("9d7e", "9c7e", StringComparison.Ordinal));
        Assert.Equal("""{"ok":false,"reason":"bad-checksum","offset":41}""", output);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task Text_keeps_the_decimals_of_the_display()
    {
        var (code, output) = await Command.RunAsync("decode", "--protocol", "and", "--text", "ST,GS,+  4.870kg");
        Assert.Equal("4.870", JsonNode.Parse(output)!["fields"]!["value"]!.GetValue<string>());
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task A_stream_with_noise_yields_every_good_frame_and_tells_what_it_dropped()
    {
        var (code, output) = await Command.RunAsync("decode", "--protocol", "jt808", "--stream", "--hex", $"ff00{Location[..20]}{Location}00112233{Location}{Location[..9]}0");
        var lines = output.Split(Environment.NewLine);
        Assert.Equal(0, code);
        Assert.Equal(2, lines.Count(line => line.StartsWith("""{"ok":true""", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.StartsWith("2 frames, ", StringComparison.Ordinal) && line.EndsWith("bytes belonged to no frame.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--protocol", "jt808")]
    [InlineData("--protocol", "nmea", "--text", "$GP", "--hex", "00")]
    [InlineData("--protocol", "jt808", "--hex", "7e7e", "--zone", "Beijing")]
    [InlineData("--protocol", "xk3190", "--hex", "00", "--unit", "stone")]
    [InlineData("--protocol", "modbus-rtu", "--hex", "00", "--decimals", "9")]
    public async Task A_call_that_is_wrong_itself_has_exit_code_2(params string[] arguments)
    {
        var (code, output) = await Command.RunAsync(["decode", .. arguments]);
        Assert.True(code == 2, output);
    }
}
