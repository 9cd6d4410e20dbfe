using Npgsql;

namespace Earmark.Storage.Postgres;

/// <summary>How to reach the PostgreSQL of this Earmark (15 or newer). Printing it shows host, port, database and user, never a password.</summary>
/// <exception cref="ArgumentException">The text is no connection string, or names no host or no database. The message does not repeat it.</exception>
public sealed class PostgresConnection
{
    private readonly NpgsqlConnectionStringBuilder _builder;

    /// <param name="connectionString">As Npgsql reads it: <c>Host=…;Port=…;Database=…;Username=…;Password=…</c>.</param>
    public PostgresConnection(string connectionString)
    {
        try
        {
            _builder = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The reader's own message may hold a piece of the text, and with it of the password.
            throw new ArgumentException("The PostgreSQL connection can't be read; it has the form Host=…;Port=…;Database=…;Username=…;Password=….", nameof(connectionString));
        }

        if (string.IsNullOrEmpty(_builder.Host) || string.IsNullOrEmpty(_builder.Database))
        {
            throw new ArgumentException("The PostgreSQL connection names no host or no database.", nameof(connectionString));
        }
    }

    /// <summary>The whole text, password included, for the provider only.</summary>
    /// <param name="change">What one use of it needs beside: pool size, time limits.</param>
    internal string Text(Action<NpgsqlConnectionStringBuilder>? change = null)
    {
        var text = new NpgsqlConnectionStringBuilder(_builder.ConnectionString) { ApplicationName = _builder.ApplicationName ?? "earmark", IncludeErrorDetail = false };
        change?.Invoke(text);
        return text.ConnectionString;
    }

    /// <summary>The whole text, password included, for Orleans' providers: each makes a pool of its own from it.</summary>
    public string ForProvider(int connections) => Text(text => text.MaxPoolSize = connections);

    public override string ToString() => $"{_builder.Username}@{_builder.Host}:{_builder.Port}/{_builder.Database}";
}
