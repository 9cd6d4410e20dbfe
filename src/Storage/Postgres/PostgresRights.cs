using Npgsql;

namespace Earmark.Storage.Postgres;

/// <summary>
/// What a role needs to run Earmark on a database that another role owns and migrates. It can add to what is immutable and read
/// it; it can't change or delete it, nor switch off the triggers that refuse it, nor touch a balance: only the ledger's own
/// trigger does, with its owner's rights.
/// </summary>
public static class PostgresRights
{
    private static readonly string[] ReadOnly = ["earmark_schema", "account_balance", "balance_part", "account_bound", "orleansquery"];

    private static readonly string[] AddOnly =
        ["transfer", "posting", "decision", "product", "price_posting", "price", "audit", "institution", "site", "answer", "protection_key", "domain_clock", "seal",
         "pending", "pending_posting", "pending_end"];

    private static readonly string[] Changed =
        ["device", "asset", "binding", "facility", "pledge", "loan", "margin_call", "outbox", "alarm", "alarm_standing", "person", "api_key", "seal_head"];

    private static readonly string[] Whole = ["sign_in", "unsealed", "pending_open", "orleansstorage", "orleansmembershiptable", "orleansmembershipversiontable"];

    /// <summary>Run by the owner, after the migrations. What the role had on these tables before is taken away first.</summary>
    /// <exception cref="PostgresException">There is no such role, or who runs this is not the owner.</exception>
    public static async Task GrantAsync(PostgresConnection connection, string role, CancellationToken cancel)
    {
        var to = '"' + role.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
        var tables = string.Join(", ", ReadOnly.Concat(AddOnly).Concat(Changed).Concat(Whole));
        await using var source = NpgsqlDataSource.Create(connection.Text(text => text.Pooling = false));
        await using var command = source.CreateCommand($"""
            BEGIN;
            DO $f$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO %s', current_schema(), $role${to}$role$); END $f$;
            REVOKE ALL ON {tables} FROM {to};
            GRANT SELECT ON {string.Join(", ", ReadOnly)} TO {to};
            GRANT SELECT, INSERT ON {string.Join(", ", AddOnly)} TO {to};
            GRANT SELECT, INSERT, UPDATE ON {string.Join(", ", Changed)} TO {to};
            GRANT SELECT, INSERT, UPDATE, DELETE ON {string.Join(", ", Whole)} TO {to};
            {JournalRights.Grant(to)}
            COMMIT;
            """);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
