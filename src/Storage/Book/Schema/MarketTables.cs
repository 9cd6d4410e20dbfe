namespace Earmark.Storage.Book;

internal static class MarketTables
{
    public static string Create(BookDialect dialect) => $"""
        CREATE TABLE price_posting (
            institution_id TEXT NOT NULL REFERENCES institution,
            version BIGINT NOT NULL,
            posting_id TEXT NOT NULL,
            body_hash {Ddl.Bytes(dialect)} NOT NULL,
            posted_by TEXT NOT NULL,
            source TEXT NOT NULL,
            at BIGINT NOT NULL,
            PRIMARY KEY (institution_id, version),
            UNIQUE (institution_id, posting_id));
        CREATE TABLE price (
            institution_id TEXT NOT NULL,
            price_class TEXT NOT NULL,
            grade TEXT NOT NULL,
            version BIGINT NOT NULL,
            fen_per_tonne BIGINT NOT NULL CHECK (fen_per_tonne >= 0),
            effective_at BIGINT NOT NULL,
            PRIMARY KEY (institution_id, price_class, grade, version),
            FOREIGN KEY (institution_id, version) REFERENCES price_posting);
        {Ddl.Immutable(dialect, "price_posting")}
        {Ddl.Immutable(dialect, "price")}
        """;
}
