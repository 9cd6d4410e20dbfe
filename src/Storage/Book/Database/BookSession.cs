using System.Data.Common;
using System.Globalization;

namespace Earmark.Storage.Book;

/// <summary>One connection inside one transaction. A statement's text is prepared once a session, or once a connection.</summary>
/// <param name="keepsCommands">
/// SQLite prepares with the command, so it is kept. Npgsql (10.0.3) prepares with the connection, by text; and a command that it
/// has prepared by itself goes on sending the parameters it had before they were cleared, so each statement gets a new one.
/// </param>
public sealed class BookSession(DbConnection connection, DbTransaction transaction, CancellationToken cancel, bool keepsCommands = true) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>How many rows changed.</summary>
    public async Task<int> ExecuteAsync(string sql, params (string Name, object? Value)[] parameters) =>
        await Bound(sql, parameters).ExecuteNonQueryAsync(cancel);

    public async Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> map, params (string Name, object? Value)[] parameters)
    {
        var rows = new List<T>();
        await using var row = await Bound(sql, parameters).ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            rows.Add(map(row));
        }

        return rows;
    }

    /// <summary>The first row, or null.</summary>
    public async Task<T?> FirstAsync<T>(string sql, Func<DbDataReader, T> map, params (string Name, object? Value)[] parameters)
        where T : class
    {
        await using var row = await Bound(sql, parameters).ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? map(row) : null;
    }

    /// <summary>The first column of the first row as a whole number; null when there is no row or it is null.</summary>
    public async Task<long?> NumberAsync(string sql, params (string Name, object? Value)[] parameters)
    {
        var value = await Bound(sql, parameters).ExecuteScalarAsync(cancel);
        return value is null or DBNull ? null : Convert.ToInt64(value, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }
    }

    private DbCommand Bound(string sql, (string Name, object? Value)[] parameters)
    {
        if (!keepsCommands && _commands.Remove(sql, out var used))
        {
            used.Dispose();
        }

        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            command.Transaction = transaction;
            _commands.Add(sql, command);
        }

        command.Parameters.Clear();
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = Stored(value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        int number => (long)number,
        bool flag => flag ? 1L : 0L,
        DateTimeOffset time => time.ToUnixTimeMilliseconds(),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        long or double or string or byte[] => value,
        _ => throw new ArgumentException($"A {value.GetType().Name} has no stored form.", nameof(value)),
    };
}
