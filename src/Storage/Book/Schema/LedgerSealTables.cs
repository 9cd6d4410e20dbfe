namespace Earmark.Storage.Book;

/// <summary>
/// Two additions to the ledger. Balances of accounts that everybody posts to are kept in parts, one of which a transfer touches, so that they serialise
/// nobody. And a chain over the transfers of an institution: numbers are given when they are sealed, after their commit, gapless and
/// in the order of the numbers; what is not sealed yet stands in <c>unsealed</c>, where the transfer's own transaction put it.
/// </summary>
internal static class LedgerSealTables
{
    public static string BalancesInParts(BookDialect dialect) => $"""
        ALTER TABLE posting ADD COLUMN shard BIGINT NOT NULL DEFAULT 0;
        CREATE TABLE balance_part (
            institution_id TEXT NOT NULL,
            account TEXT NOT NULL,
            shard BIGINT NOT NULL,
            owner TEXT NOT NULL,
            balance_fen BIGINT NOT NULL,
            PRIMARY KEY (institution_id, account, shard));
        INSERT INTO balance_part (institution_id, account, shard, owner, balance_fen)
        SELECT institution_id, account, 0, owner, balance_fen FROM account_balance;
        CREATE INDEX balance_part_of_owner ON balance_part (institution_id, owner);
        {(dialect == BookDialect.Sqlite ? SqliteCounts : PostgreSqlCounts)}
        CREATE VIEW account_balance AS
            SELECT institution_id, account, owner, CAST(sum(balance_fen) AS BIGINT) AS balance_fen FROM balance_part GROUP BY institution_id, account, owner;
        """;

    public static string Seals(BookDialect dialect) => $"""
        CREATE TABLE unsealed (
            transfer_id TEXT PRIMARY KEY,
            institution_id TEXT NOT NULL);
        CREATE INDEX unsealed_of_institution ON unsealed (institution_id);
        INSERT INTO unsealed (transfer_id, institution_id) SELECT transfer_id, institution_id FROM transfer;
        CREATE TABLE seal_head (
            institution_id TEXT PRIMARY KEY REFERENCES institution,
            number BIGINT NOT NULL,
            hash {Ddl.Bytes(dialect)} NOT NULL);
        CREATE TABLE seal (
            institution_id TEXT NOT NULL REFERENCES institution,
            number BIGINT NOT NULL,
            transfer_id TEXT NOT NULL UNIQUE REFERENCES transfer,
            hash {Ddl.Bytes(dialect)} NOT NULL,
            sealed_at BIGINT NOT NULL,
            PRIMARY KEY (institution_id, number));
        {Ddl.Immutable(dialect, "seal")}
        {(dialect == BookDialect.Sqlite ? SqliteToSeal : PostgreSqlToSeal)}
        """;

    private const string AddToPart = """
        INSERT INTO balance_part (institution_id, account, shard, owner, balance_fen)
        VALUES (NEW.institution_id, NEW.account, NEW.shard, NEW.owner, NEW.amount_fen)
        ON CONFLICT (institution_id, account, shard) DO UPDATE SET balance_fen = balance_part.balance_fen + excluded.balance_fen;
        """;

    private const string SqliteCounts = $"""
        DROP TRIGGER posting_counts;
        DROP TABLE account_balance;
        CREATE TRIGGER posting_counts AFTER INSERT ON posting
        BEGIN {AddToPart} END;
        """;

    private const string PostgreSqlCounts = $"""
        CREATE OR REPLACE FUNCTION posting_counts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $f$ BEGIN
            {AddToPart}
            RETURN NULL; END $f$;
        DROP TABLE account_balance;
        """;

    private const string ToSeal = "INSERT INTO unsealed (transfer_id, institution_id) VALUES (NEW.transfer_id, NEW.institution_id);";

    private const string SqliteToSeal = $"""
        CREATE TRIGGER transfer_to_seal AFTER INSERT ON transfer
        BEGIN {ToSeal} END;
        """;

    private const string PostgreSqlToSeal = $"""
        CREATE FUNCTION transfer_to_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $f$ BEGIN
            {ToSeal}
            RETURN NULL; END $f$;
        CREATE TRIGGER transfer_to_seal AFTER INSERT ON transfer FOR EACH ROW EXECUTE FUNCTION transfer_to_seal();
        """;
}
