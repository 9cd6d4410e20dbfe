namespace Earmark.Storage.Book;

/// <summary>
/// The schema of the Book as numbered steps forward, each run once. A published step is never changed: what must change is a
/// new step. The caller holds the lock that lets only one process migrate.
/// </summary>
internal static class BookMigrations
{
    private static readonly Func<BookDialect, string>[] Steps =
    [
        RegisterTables.Create,
        LedgerTables.Create,
        LendingTables.Create,
        MarketTables.Create,
        AlarmTables.Create,
        IdentityTables.Create,
        LendingTables.IndexActivePledges,
    ];

    public static int Newest => Steps.Length;

    /// <exception cref="InvalidDataException">The Book was written by a newer Earmark.</exception>
    public static async Task ApplyAsync(BookSession session, BookDialect dialect)
    {
        await session.ExecuteAsync("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY)");
        var version = await session.NumberAsync("SELECT max(version) FROM schema_version") ?? 0;
        if (version > Steps.Length)
        {
            throw new InvalidDataException($"The Book has version {version}; this Earmark knows up to {Steps.Length}.");
        }

        for (var step = version; step < Steps.Length; step++)
        {
            await session.ExecuteAsync(Steps[step](dialect));
            await session.ExecuteAsync("INSERT INTO schema_version (version) VALUES (@version)", ("version", step + 1));
        }
    }
}
