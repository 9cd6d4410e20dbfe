using Earmark.SystemTests.Running;
using Xunit;

namespace Earmark.SystemTests.Devices;

/// <summary>A call that is itself wrong ends with 2 and a sentence; it opens nothing and never shows a stack.</summary>
public sealed class What_the_program_refuses
{
    [Theory]
    [InlineData("--port must be 1 to 65535.", "run", "--port", "99999")]
    [InlineData("--mqtt-port must be 1 to 65535.", "run", "--mqtt-port", "-1")]
    [InlineData("need different ports", "run", "--port", "4000", "--mqtt-port", "4000")]
    [InlineData("--speed must be above 0", "run", "--speed", "NaN")]
    [InlineData("has no meaning with --clock stepped", "run", "--speed", "5", "--clock", "stepped")]
    [InlineData("--webhook goes to https", "run", "--webhook", "http://example.com/x")]
    [InlineData("can't be used", "run", "--data", "/proc/earmark")]
    [InlineData("'abc'", "run", "--port", "abc")]
    [InlineData("--url is an address", "device", "add", "--kind", "gps-node", "--site", "s", "--id", "g", "--key", "k", "--url", "nowhere")]
    [InlineData("--out /no-such-folder/x", "device", "add", "--kind", "gps-node", "--site", "s", "--id", "g", "--key", "k", "--out", "/no-such-folder/x")]
    public async Task A_wrong_call_is_told_in_a_sentence(string sentence, params string[] arguments)
    {
        var (code, said) = await Command.RunAsync(arguments);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.Equal(2, code);
    }
}
