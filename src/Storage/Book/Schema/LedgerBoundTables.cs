namespace Earmark.Storage.Book;

/// <summary>
/// Bounds of balances, kept by the database itself, and two-phase transfers: what is pending is a row of its own that ends once, posted, voided or
/// expired; only posting it touches a balance.
/// </summary>
internal static class LedgerBoundTables
{
    /// <summary>The institution '' is everybody. What a loan owes is never below zero: nobody can repay more than there is.</summary>
    public static string Bounds(BookDialect dialect) => $"""
        CREATE TABLE account_bound (
            institution_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            minimum_fen BIGINT,
            maximum_fen BIGINT,
            PRIMARY KEY (institution_id, kind));
        INSERT INTO account_bound (institution_id, kind, minimum_fen, maximum_fen) VALUES
            ('', 'loan-principal', 0, NULL),
            ('', 'interest-receivable', 0, NULL),
            ('', 'fee-receivable', 0, NULL),
            ('', 'penalty-receivable', 0, NULL),
            ('', 'unapplied', NULL, 0);
        {(dialect == BookDialect.Sqlite ? SqliteBounds : PostgreSqlBounds)}
        """;

    public static string Pending(BookDialect dialect) => $"""
        CREATE TABLE pending (
            pending_id TEXT PRIMARY KEY,
            institution_id TEXT NOT NULL REFERENCES institution,
            kind TEXT NOT NULL,
            effective_on TEXT NOT NULL,
            recorded_at BIGINT NOT NULL,
            made_by TEXT NOT NULL,
            body_hash {Ddl.Bytes(dialect)} NOT NULL,
            expires_at BIGINT NOT NULL);
        CREATE TABLE pending_posting (
            pending_id TEXT NOT NULL REFERENCES pending,
            line BIGINT NOT NULL,
            institution_id TEXT NOT NULL,
            account TEXT NOT NULL,
            amount_fen BIGINT NOT NULL CHECK (amount_fen <> 0),
            PRIMARY KEY (pending_id, line));
        CREATE INDEX pending_posting_of_account ON pending_posting (institution_id, account);
        CREATE TABLE pending_end (
            pending_id TEXT PRIMARY KEY REFERENCES pending,
            outcome TEXT NOT NULL,
            transfer_id TEXT REFERENCES transfer,
            ended_by TEXT NOT NULL,
            at BIGINT NOT NULL);
        CREATE TABLE pending_open (
            pending_id TEXT PRIMARY KEY REFERENCES pending,
            expires_at BIGINT NOT NULL);
        CREATE INDEX pending_open_by_end ON pending_open (expires_at);
        {Ddl.Immutable(dialect, "pending")}
        {Ddl.Immutable(dialect, "pending_posting")}
        {Ddl.Immutable(dialect, "pending_end")}
        """;

    // Only accounts of one part are bounded: those of a loan.
    private const string Outside = """
        SELECT 1 FROM account_bound b WHERE b.institution_id IN ('', NEW.institution_id)
        AND (NEW.balance_fen < b.minimum_fen OR NEW.balance_fen > b.maximum_fen)
        """;

    private const string SqliteBounds = $"""
        CREATE TRIGGER balance_keeps_bounds_at_first BEFORE INSERT ON balance_part
        WHEN NOT EXISTS (SELECT 1 FROM balance_part p WHERE p.institution_id = NEW.institution_id AND p.account = NEW.account AND p.shard = NEW.shard)
            AND EXISTS ({Outside} AND b.kind = substr(NEW.account, 1, instr(NEW.account || '/', '/') - 1))
        BEGIN SELECT raise(ABORT, 'balance out of bounds'); END;
        CREATE TRIGGER balance_keeps_bounds AFTER UPDATE ON balance_part
        WHEN EXISTS ({Outside} AND b.kind = substr(NEW.account, 1, instr(NEW.account || '/', '/') - 1))
        BEGIN SELECT raise(ABORT, 'balance out of bounds'); END;
        """;

    private const string PostgreSqlBounds = $"""
        CREATE FUNCTION balance_keeps_bounds() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $f$ BEGIN
            IF EXISTS ({Outside} AND b.kind = split_part(NEW.account, '/', 1))
            THEN RAISE EXCEPTION 'balance out of bounds' USING ERRCODE = 'check_violation'; END IF;
            RETURN NULL; END $f$;
        CREATE TRIGGER balance_keeps_bounds AFTER INSERT OR UPDATE ON balance_part FOR EACH ROW EXECUTE FUNCTION balance_keeps_bounds();
        """;
}
