using System.CommandLine;
using Earmark.Storage.Influx;

namespace Earmark.Host.Commands;

/// <summary>
/// History on InfluxDB: where it is on the command line, how Earmark is let in by environment or file, because a command line is
/// read by everybody on the machine.
/// </summary>
internal sealed class InfluxOption
{
    private const string PasswordVariable = "EARMARK_INFLUX_PASSWORD";
    private const string TokenVariable = "EARMARK_INFLUX_TOKEN";
    private const int LongestDays = 36_500;

    public const string Name = "--influx";

    private readonly Option<string?> url = new(Name) { Description = "Keep History on this InfluxDB instead of in a file, e.g. http://127.0.0.1:8086." };
    private readonly Option<string> database = new("--influx-database") { Description = "Its database.", DefaultValueFactory = _ => "earmark" };

    private readonly Option<string?> user = new("--influx-user")
    {
        Description = $"Its user; the password from {PasswordVariable} or --influx-secret. Without a user a token from {TokenVariable} or --influx-secret.",
    };

    private readonly Option<string?> secret = new("--influx-secret") { Description = "File that holds the password or the token." };

    private readonly Option<int> days = new("--influx-retention-days")
    {
        Description = "Asked of the server for points and refusals; 0 leaves its policies alone.", DefaultValueFactory = _ => 90,
    };

    public void AddTo(Command command)
    {
        url.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text)
            {
                Check(result, () => new InfluxOptions { Url = Address(text) });
            }
        });
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > LongestDays)
            {
                result.AddError($"--influx-retention-days must be 0 to {LongestDays}.");
            }
        });
        foreach (var option in new Option[] { url, database, user, secret, days })
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(url) is not null)
            {
                Check(result, () => Credential(result.GetValue(user), result.GetValue(secret)));
            }
        });
    }

    /// <summary>Null where History stays in its file.</summary>
    public InfluxOptions? Read(ParseResult parsed) => parsed.GetValue(url) is { } text
        ? new InfluxOptions
        {
            Url = Address(text),
            Database = parsed.GetValue(database)!,
            Credential = Credential(parsed.GetValue(user), parsed.GetValue(secret)),
            Retention = parsed.GetValue(days) is > 0 and var count ? TimeSpan.FromDays(count) : null,
        }
        : null;

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : throw new ArgumentException("The address of InfluxDB is http://… or https://….");

    private static InfluxCredential? Credential(string? user, string? file)
    {
        var secret = file is not null
            ? File.ReadAllText(file).Trim()
            : Environment.GetEnvironmentVariable(user is null ? TokenVariable : PasswordVariable);
        if (user is null)
        {
            return string.IsNullOrEmpty(secret) ? null : InfluxCredential.Token(secret);
        }

        return string.IsNullOrEmpty(secret)
            ? throw new ArgumentException($"--influx-user needs its password: set {PasswordVariable} or give --influx-secret FILE.")
            : InfluxCredential.User(user, secret);
    }

    private static void Check(System.CommandLine.Parsing.SymbolResult result, Func<object?> read)
    {
        try
        {
            read();
        }
        catch (ArgumentException wrong)
        {
            // The name of the parameter after the message means nothing to who typed the option.
            result.AddError(wrong.Message.Split(" (Parameter", 2)[0]);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            result.AddError($"--influx-secret can't be read: {unreadable.Message}");
        }
    }
}
