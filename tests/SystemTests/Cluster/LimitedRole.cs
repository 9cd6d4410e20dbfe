using System.Security.Cryptography;
using Earmark.SystemTests.Running;
using Npgsql;

namespace Earmark.SystemTests.Cluster;

/// <summary>A role made as <c>earmark migrate --grant</c> makes it.</summary>
internal static class LimitedRole
{
    private static readonly string[] Forbidden =
    [
        "UPDATE posting SET amount_fen = 1", "DELETE FROM posting", "TRUNCATE posting CASCADE", "UPDATE transfer SET kind = 'x'", "DELETE FROM transfer",
        "UPDATE balance_part SET balance_fen = 0", "INSERT INTO balance_part SELECT 'x', 'x', 0, 'x', 0", "UPDATE seal SET number = 0", "UPDATE decision SET outcome = 'accepted'",
        "UPDATE price SET fen_per_tonne = 1", "DELETE FROM audit", "UPDATE product SET body = ''", "DELETE FROM journal.entry", "UPDATE journal.entry SET at = 0",
        "ALTER TABLE posting DISABLE TRIGGER ALL", "DROP TABLE posting CASCADE", "CREATE TABLE mine (number int)", "DELETE FROM earmark_schema",
        "UPDATE domain_clock SET factor = 2", "CREATE OR REPLACE FUNCTION posting_counts() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    ];

    /// <summary>A table that a migration brought and nobody gave rights on would be found by the first that uses it, in production.</summary>
    private const string NoneForgotten = """
        DO $f$ DECLARE forgotten TEXT; BEGIN
            SELECT string_agg(relname, ', ') INTO forgotten FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname IN ('public', 'journal') AND c.relkind IN ('r', 'p', 'v') AND NOT has_table_privilege('{0}', c.oid, 'SELECT');
            IF forgotten IS NOT NULL THEN RAISE EXCEPTION 'no rights on %', forgotten; END IF;
        END $f$
        """;

    /// <summary>Migrates as the owner, grants, and answers the connection of the role.</summary>
    public static async Task<string> MakeAsync(string owner)
    {
        var (role, password) = ($"runs_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        await PostgresServer.ExecuteAsync(owner, $"CREATE ROLE {role} LOGIN PASSWORD '{password}'");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, owner);
            var (looked, would) = await Command.RunAsync("migrate", "--postgres-file", file, "--dry-run");
            Assert.True(looked == 0 && would.Contains("would run: register", StringComparison.Ordinal), would);
            var (code, output) = await Command.RunAsync("migrate", "--postgres-file", file, "--grant", role);
            Assert.True(code == 0, output);
            Assert.DoesNotContain("Password", output, StringComparison.OrdinalIgnoreCase);
            var (again, nothing) = await Command.RunAsync("migrate", "--postgres-file", file, "--grant", role);
            Assert.True(again == 0 && nothing.Contains("nothing to do", StringComparison.Ordinal), nothing);
        }
        finally
        {
            File.Delete(file);
        }

        await PostgresServer.ExecuteAsync(owner, NoneForgotten.Replace("{0}", role, StringComparison.Ordinal));

        return new NpgsqlConnectionStringBuilder(owner) { Username = role, Password = password }.ToString();
    }

    public static async Task MayNotChangeWhatStandsAsync(string limited)
    {
        foreach (var sql in Forbidden)
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => PostgresServer.ExecuteAsync(limited, sql));
            Assert.True(refused.SqlState == PostgresErrorCodes.InsufficientPrivilege, $"{sql}: {refused.MessageText}");
        }
    }
}
