namespace Earmark.Storage.Book;

/// <summary>
/// The ledger guards itself: postings come first and their transfer after them (the reference is checked at commit), and the
/// transfer is refused unless they sum to zero. Once it stands nothing can be added, changed or deleted.
/// </summary>
internal static class LedgerTables
{
    public static string Create(BookDialect dialect) => $"""
        CREATE TABLE transfer (
            transfer_id TEXT PRIMARY KEY,
            institution_id TEXT NOT NULL REFERENCES institution,
            kind TEXT NOT NULL,
            effective_on TEXT NOT NULL,
            recorded_at BIGINT NOT NULL,
            posted_by TEXT NOT NULL,
            body_hash {Ddl.Bytes(dialect)} NOT NULL);
        CREATE INDEX transfer_of_institution ON transfer (institution_id, recorded_at);
        CREATE TABLE posting (
            transfer_id TEXT NOT NULL REFERENCES transfer DEFERRABLE INITIALLY DEFERRED,
            line BIGINT NOT NULL,
            institution_id TEXT NOT NULL,
            account TEXT NOT NULL,
            owner TEXT NOT NULL,
            amount_fen BIGINT NOT NULL CHECK (amount_fen <> 0),
            PRIMARY KEY (transfer_id, line));
        CREATE INDEX posting_of_account ON posting (institution_id, account);
        CREATE TABLE account_balance (
            institution_id TEXT NOT NULL,
            account TEXT NOT NULL,
            owner TEXT NOT NULL,
            balance_fen BIGINT NOT NULL,
            PRIMARY KEY (institution_id, account));
        CREATE INDEX account_of_owner ON account_balance (institution_id, owner);
        {Ddl.Immutable(dialect, "transfer")}
        {Ddl.Immutable(dialect, "posting")}
        {(dialect == BookDialect.Sqlite ? SqliteGuards : PostgreSqlGuards)}
        """;

    private const string AddToBalance = """
        INSERT INTO account_balance (institution_id, account, owner, balance_fen)
        VALUES (NEW.institution_id, NEW.account, NEW.owner, NEW.amount_fen)
        ON CONFLICT (institution_id, account) DO UPDATE SET balance_fen = account_balance.balance_fen + excluded.balance_fen;
        """;

    private const string SqliteGuards = $"""
        CREATE TRIGGER transfer_sums_to_zero BEFORE INSERT ON transfer
        WHEN (SELECT coalesce(sum(amount_fen), 0) <> 0 OR count(*) < 2 OR max(institution_id) <> NEW.institution_id
            OR min(institution_id) <> NEW.institution_id FROM posting WHERE transfer_id = NEW.transfer_id)
        BEGIN SELECT raise(ABORT, 'postings do not sum to zero'); END;
        CREATE TRIGGER posting_before_its_transfer BEFORE INSERT ON posting
        WHEN EXISTS (SELECT 1 FROM transfer WHERE transfer_id = NEW.transfer_id)
        BEGIN SELECT raise(ABORT, 'transfer stands already'); END;
        CREATE TRIGGER posting_counts AFTER INSERT ON posting
        BEGIN {AddToBalance} END;
        """;

    // Two writers of one transfer wait for each other, so neither adds to what the other has summed up; and only the trigger
    // needs the right to change a balance.
    private const string PostgreSqlGuards = $"""
        CREATE FUNCTION transfer_sums_to_zero() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN
            IF (SELECT coalesce(sum(amount_fen), 0) <> 0 OR count(*) < 2 OR max(institution_id) <> NEW.institution_id
                OR min(institution_id) <> NEW.institution_id FROM posting WHERE transfer_id = NEW.transfer_id)
            THEN RAISE EXCEPTION 'postings do not sum to zero'; END IF;
            RETURN NEW; END $f$;
        CREATE TRIGGER transfer_sums_to_zero BEFORE INSERT ON transfer FOR EACH ROW EXECUTE FUNCTION transfer_sums_to_zero();
        CREATE FUNCTION posting_before_its_transfer() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN
            PERFORM pg_advisory_xact_lock(hashtextextended(NEW.transfer_id, 0));
            IF EXISTS (SELECT 1 FROM transfer WHERE transfer_id = NEW.transfer_id)
            THEN RAISE EXCEPTION 'transfer stands already' USING ERRCODE = 'unique_violation'; END IF;
            RETURN NEW; END $f$;
        CREATE TRIGGER posting_before_its_transfer BEFORE INSERT ON posting FOR EACH ROW EXECUTE FUNCTION posting_before_its_transfer();
        CREATE FUNCTION posting_counts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $f$ BEGIN
            {AddToBalance}
            RETURN NULL; END $f$;
        CREATE TRIGGER posting_counts AFTER INSERT ON posting FOR EACH ROW EXECUTE FUNCTION posting_counts();
        """;
}
