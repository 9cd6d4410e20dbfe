using System.Net.Http.Headers;
using System.Text;

namespace Earmark.Storage.Influx;

/// <summary>Where the History lives when it lives on InfluxDB, and what it may use there.</summary>
public sealed record InfluxOptions
{
    private readonly Uri _url = new("http://127.0.0.1:8086");

    /// <summary>Address of the server, without user or password.</summary>
    /// <exception cref="ArgumentException">It is not http or https, or it carries a secret.</exception>
    public required Uri Url
    {
        get => _url;
        init => _url = Check(value);
    }

    /// <summary>The database; on 2.x the one a bucket is mapped to. Made when it is not there and the user may.</summary>
    public string Database { get; init; } = "earmark";

    /// <summary>Null where the server asks for none.</summary>
    public InfluxCredential? Credential { get; init; }

    /// <summary>Asked of the server for points and refusals; null leaves its policies alone and Earmark deletes by itself.</summary>
    public TimeSpan? Retention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Asked of the server for days of ear tags.</summary>
    public TimeSpan DayRetention { get; init; } = TimeSpan.FromDays(3 * 365);

    /// <summary>For one write or question of the tailer, connecting included.</summary>
    public TimeSpan RequestLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For what a page waits for: past it the page is shown without.</summary>
    public TimeSpan ReadLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>For condensing one day or deleting what is old: the server goes through all series.</summary>
    public TimeSpan SweepLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Bytes of one answer; a longer one is refused.</summary>
    public int AnswerBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Refusals written before those past <see cref="History.HistoryLimits.RefusalsPerDevice"/> are deleted. Reads never show them.</summary>
    public int RefusalsBetweenTrims { get; init; } = 5_000;

    /// <summary>True when the credential would cross a network in the clear.</summary>
    public bool IsReadableUnderway => Credential is not null && Url.Scheme == Uri.UriSchemeHttp && !Url.IsLoopback;

    private static Uri Check(Uri url)
    {
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException("The address of InfluxDB is http://… or https://….", nameof(url));
        }

        return url.UserInfo.Length == 0 && url.Query.Length == 0
            ? url
            : throw new ArgumentException("The address of InfluxDB must not carry a user, a password or a query: secrets have a place of their own.", nameof(url));
    }
}

/// <summary>What Earmark shows InfluxDB to be let in. Never printed, never logged.</summary>
public sealed class InfluxCredential
{
    private InfluxCredential(AuthenticationHeaderValue header) => Header = header;

    internal AuthenticationHeaderValue Header { get; }

    /// <summary>User and password, as 1.x has them. A user's name can't hold a colon.</summary>
    public static InfluxCredential User(string user, string password) =>
        !user.Contains(':', StringComparison.Ordinal)
            ? new(new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))))
            : throw new ArgumentException("A user's name can't hold a colon.", nameof(user));

    /// <summary>
    /// A token: <c>Token …</c> as 2.x has it is assumed; <c>Bearer …</c> (the signed tokens of 1.x, and 3) is said by the text itself.
    /// </summary>
    public static InfluxCredential Token(string token)
    {
        var text = token.Trim();
        return text.Length > 0 && !text.AsSpan().ContainsAnyInRange('\0', '\u001f')
            ? new(text.StartsWith("Bearer ", StringComparison.Ordinal) || text.StartsWith("Token ", StringComparison.Ordinal)
                ? AuthenticationHeaderValue.Parse(text)
                : new AuthenticationHeaderValue("Token", text))
            : throw new ArgumentException("An InfluxDB token is one line of text.", nameof(token));
    }

    public override string ToString() => "(secret)";
}
