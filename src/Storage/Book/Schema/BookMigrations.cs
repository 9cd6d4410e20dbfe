namespace Earmark.Storage.Book;

/// <summary>
/// The schema of the Book as numbered steps forward, each run once. A published step is never changed: what must change is a
/// new step. The caller holds the lock that lets only one process migrate.
/// </summary>
internal static class BookMigrations
{
    private static readonly (string Name, Func<BookDialect, string> Create)[] Steps =
    [
        ("register", RegisterTables.Create),
        ("ledger", LedgerTables.Create),
        ("lending", LendingTables.Create),
        ("market", MarketTables.Create),
        ("alarms", AlarmTables.Create),
        ("identity", IdentityTables.Create),
        ("index of active pledges", LendingTables.IndexActivePledges),
        ("products", ProductTables.Create),
        ("domain clock of a cluster", ClockTables.Create),
        ("balances in parts", LedgerSealTables.BalancesInParts),
        ("seals of the ledger", LedgerSealTables.Seals),
        ("bounds of balances", LedgerBoundTables.Bounds),
        ("pending transfers", LedgerBoundTables.Pending),
    ];

    public static int Newest => Steps.Length;

    /// <summary>Order by text is order by bytes everywhere: PostgreSQL would else take the server's language, and its next version may sort otherwise.</summary>
    public static IReadOnlyList<SchemaStep> For(BookDialect dialect) =>
    [
        .. Steps.Select(step => new SchemaStep(
            step.Name,
            dialect == BookDialect.PostgreSql ? step.Create(dialect).Replace(" TEXT", " TEXT COLLATE \"C\"", StringComparison.Ordinal) : step.Create(dialect))),
    ];

    /// <summary>0 when there is no Book yet.</summary>
    public static async Task<int> VersionAsync(BookSession session) =>
        await session.NumberAsync("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'") is null
            ? 0
            : (int)(await session.NumberAsync("SELECT max(version) FROM schema_version") ?? 0);

    /// <summary>On SQLite, inside its write lock.</summary>
    /// <exception cref="InvalidDataException">The Book was written by a newer Earmark.</exception>
    public static async Task ApplyAsync(BookSession session)
    {
        await session.ExecuteAsync("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY)");
        var version = await VersionAsync(session);
        var steps = For(BookDialect.Sqlite);
        SchemaState.Refuse("book", version, steps.Count);
        for (var step = version; step < steps.Count; step++)
        {
            await session.ExecuteAsync(steps[step].Sql);
            await session.ExecuteAsync("INSERT INTO schema_version (version) VALUES (@version)", ("version", step + 1));
        }
    }
}
