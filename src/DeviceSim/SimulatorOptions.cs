using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml;

namespace Earmark.DeviceSim;

/// <summary>The command line of <c>earmark sim</c>, read but not yet opened.</summary>
public sealed record SimulatorOptions
{
    public const string Usage = """
        earmark sim --mqtt HOST:PORT --devices FILE [options]
          --mqtt HOST:PORT  where Earmark's broker listens        (127.0.0.1:1883)
          --devices FILE    devices with their credentials        (./data/demo-devices.json)
          --clock URL       Earmark whose clock to follow         (real time)
          --key KEY         API key for that Earmark              (none)
          --state DIR       the simulator's own folder            (./data/sim)
          --seed N          seed of the world                     (the script's, or a fixed one)
          --script FILE     scenario, a file or the name of one that comes with the simulator
          --truth FILE      write what truly happens, for scoring (nowhere)
          --drive           step a stepped clock, round by round
          --for DURATION    stop after so much domain time, for instance PT2H
        """;

    public string MqttHost { get; init; } = "127.0.0.1";

    public int MqttPort { get; init; } = 1883;

    public string DevicesFile { get; init; } = "./data/demo-devices.json";

    public Uri? Clock { get; init; }

    public string? ApiKey { get; init; }

    public string StateFolder { get; init; } = "./data/sim";

    public ulong? Seed { get; init; }

    public string? Script { get; init; }

    public string? TruthFile { get; init; }

    public bool Drive { get; init; }

    public TimeSpan? RunFor { get; init; }

    /// <param name="error">Which argument is wrong, and how.</param>
    public static bool TryParse(IReadOnlyList<string> args, [NotNullWhen(true)] out SimulatorOptions? options, out string error)
    {
        options = null;
        var read = new SimulatorOptions();
        for (int i = 0; i < args.Count; i++)
        {
            string name = args[i];
            if (name == "--drive")
            {
                read = read with { Drive = true };
                continue;
            }

            if (i + 1 >= args.Count)
            {
                error = name.StartsWith("--", StringComparison.Ordinal) ? $"{name}: needs a value." : $"{name}: not an option.";
                return false;
            }

            string value = args[++i];
            if (Apply(read, name, value) is not { } next)
            {
                error = $"{name} {value}: {Expected(name)}.";
                return false;
            }

            read = next;
        }

        error = read.Drive && read.Clock is null ? "--drive: needs --clock." : "";
        options = error.Length == 0 ? read : null;
        return options is not null;
    }

    private static SimulatorOptions? Apply(SimulatorOptions options, string name, string value) => name switch
    {
        "--mqtt" => Endpoint(value) is var (host, port) ? options with { MqttHost = host, MqttPort = port } : null,
        "--devices" => options with { DevicesFile = value },
        "--clock" => Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" ? options with { Clock = uri } : null,
        "--key" => options with { ApiKey = value },
        "--state" => options with { StateFolder = value },
        "--seed" => ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? options with { Seed = seed } : null,
        "--script" => options with { Script = value },
        "--truth" => options with { TruthFile = value },
        "--for" => Duration(value) is { } duration ? options with { RunFor = duration } : null,
        _ => null,
    };

    private static string Expected(string name) => name switch
    {
        "--mqtt" => "must be HOST:PORT",
        "--clock" => "must be an http or https address",
        "--seed" => "must be a whole number, 0 or more",
        "--for" => "must be a duration such as PT2H",
        _ => "not an option",
    };

    private static (string Host, int Port)? Endpoint(string value)
    {
        int colon = value.LastIndexOf(':');
        return colon > 0 && int.TryParse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65_536
            ? (value[..colon].Trim('[', ']'), port)
            : null;
    }

    private static TimeSpan? Duration(string value)
    {
        try
        {
            return XmlConvert.ToTimeSpan(value) is var span && span > TimeSpan.Zero ? span : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }
}
