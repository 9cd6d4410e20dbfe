using System.Text.Json;
using System.Text.RegularExpressions;
using Earmark.DeviceSim;
using Earmark.Host.Commands;
using Earmark.SystemTests.Running;

namespace Earmark.SystemTests.Cluster;

/// <summary>No Docker engine is at hand: that what docker-compose.yml asks of the program is what the program takes is seen here.</summary>
public sealed partial class The_compose_file
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Checkout.Root, "docker-compose.yml"));

    private static readonly System.CommandLine.Command[] Commands =
        [RoleCommands.Silo(), RoleCommands.Gateway(), RoleCommands.Portal(), MigrateCommand.Create(), DemoCommand.Create(), HealthCommand.Create(), BrokerConfigCommand.Create()];

    [Fact]
    public void Every_command_and_health_check_is_one_the_program_takes()
    {
        var calls = CommandLine().Matches(Text).Select(match => JsonSerializer.Deserialize<string[]>(match.Groups[1].Value)!)
            .Concat(HealthCheck().Matches(Text).Select(match => JsonSerializer.Deserialize<string[]>(match.Groups[1].Value)![3..]))
            .ToList();
        Assert.True(calls.Count(call => call[0] == "silo") == 2 && calls.Count(call => call[0] == "health") == 4, $"{calls.Count} commands found");
        Assert.All(calls, call => Assert.Empty(Wrong(call)));
        Assert.Contains(calls, call => call[0] == "sim");
    }

    [Fact]
    public void A_command_the_program_does_not_take_is_found() => Assert.NotEmpty(Wrong(["gateway", "--mqtt-adress", "0.0.0.0"]));

    [Fact]
    public void Every_secret_comes_from_outside_and_none_has_a_default()
    {
        Assert.All(Secret().Matches(Text), match => Assert.Matches(@"\$\{[A-Z_]+:\?run deploy/secrets\.sh\}$", match.Value));
        Assert.True(Secret().Count(Text) >= 8);
        var made = File.ReadAllText(Path.Combine(Checkout.Root, "deploy", "secrets.sh"));
        Assert.All(Wanted().Matches(Text), match => Assert.Contains($"\n{match.Groups[1].Value}=$(random ", made, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(PostgresOption.Variable)]
    [InlineData(MasterKeyOption.Variable)]
    [InlineData("EARMARK_INFLUX_PASSWORD")]
    public void The_environment_is_named_as_the_program_reads_it(string variable) => Assert.Contains($"{variable}: ", Text, StringComparison.Ordinal);

    /// <summary>Secrets come by file here, and the services' names, which only Docker knows, become this machine's.</summary>
    private static List<string> Wrong(string[] call)
    {
        if (call[0] == "sim")
        {
            return SimulatorOptions.TryParse(call[1..], out _, out var error) ? [] : [error];
        }

        // A file of a password that only a running cluster has made.
        var (postgres, key, influx) = (Secret("Host=postgres;Database=earmark"), Secret(new string('a', 64)), Secret("hush"));
        string[] secrets = call[0] switch
        {
            "silo" => ["--postgres-file", postgres, "--master-key-file", key, "--influx-secret", influx],
            "portal" => ["--postgres-file", postgres, "--influx-secret", influx],
            "health" => [],
            _ => ["--postgres-file", postgres],
        };
        try
        {
            var arguments = call[1..].Select(argument => argument == "/broker/gateway-password" ? influx : ServiceName().Replace(argument, "localhost"));
            return [.. Commands.Single(command => command.Name == call[0]).Parse([.. arguments, .. secrets]).Errors.Select(error => error.Message)];
        }
        finally
        {
            File.Delete(postgres);
            File.Delete(key);
            File.Delete(influx);
        }
    }

    private static string Secret(string text)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        return file;
    }

    [GeneratedRegex(@"^ +command: (\[.*\])$", RegexOptions.Multiline)]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"^ +test: (\[.*earmark\.dll.*\])$", RegexOptions.Multiline)]
    private static partial Regex HealthCheck();

    [GeneratedRegex(@"^.*(?:PASSWORD|_KEY|POSTGRES): .*$", RegexOptions.Multiline)]
    private static partial Regex Secret();

    [GeneratedRegex(@"\$\{([A-Z_]+):")]
    private static partial Regex Wanted();

    [GeneratedRegex("^silo-[12]$")]
    private static partial Regex ServiceName();
}
