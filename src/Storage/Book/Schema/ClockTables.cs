namespace Earmark.Storage.Book;

/// <summary>The domain's time of a cluster: one row, from which every process reckons.</summary>
internal static class ClockTables
{
    public static string Create(BookDialect dialect) => """
        CREATE TABLE domain_clock (
            one BIGINT PRIMARY KEY CHECK (one = 1),
            mode TEXT NOT NULL,
            factor DOUBLE PRECISION NOT NULL CHECK (factor > 0),
            domain_at BIGINT NOT NULL,
            real_at BIGINT NOT NULL);
        """;
}
