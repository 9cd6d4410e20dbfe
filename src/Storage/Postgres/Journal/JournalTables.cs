namespace Earmark.Storage.Postgres;

/// <summary>
/// The journal's tables in PostgreSQL, in a schema of their own. A step that was published is never changed.
/// <para>
/// Entries and groups are partitioned by <b>period</b>: a number that goes up as real time passes, by the database's clock, so no
/// silo's clock decides where an entry lies. The next period's tables are made ahead. <c>tail</c> names the period that is
/// written to; every commit locks that row last and for the length of the commit alone, so sequences have no gaps, stand in order of commit over
/// all silos, and fall into periods one after the other.
/// </para>
/// <para>
/// <c>slot</c> = group number × 2^20 + place in the group: known before the commit, when the rows are copied. What a group's
/// first sequence is stands in <c>entry_group</c>, written at the commit.
/// </para>
/// </summary>
internal static class JournalTables
{
    /// <summary>Bits of a slot that count inside a group; <see cref="JournalGroups"/> never puts more into one.</summary>
    public const int SlotBits = 20;

    /// <summary>A head did not match: nothing of the group was written.</summary>
    public const string Fenced = "EM001";

    /// <summary>The period was closed while the group was copied: nothing of it was written.</summary>
    public const string PeriodClosed = "EM002";

    /// <summary>Steps forward, in order.</summary>
    public static readonly string[] Steps = [Tables, Functions, "SELECT journal.make_period(1); SELECT journal.make_period(2);"];

    private const string Tables = """
        CREATE SEQUENCE journal.group_number;
        CREATE TABLE journal.site_head (
            site_key INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            site_id TEXT NOT NULL UNIQUE,
            epoch BIGINT NOT NULL,
            position BIGINT NOT NULL,
            hash BYTEA NOT NULL,
            cut_position BIGINT NOT NULL,
            cut_hash BYTEA NOT NULL) WITH (fillfactor = 30);
        CREATE TABLE journal.period (
            period INT PRIMARY KEY,
            opened_at TIMESTAMPTZ NOT NULL,
            closed_at TIMESTAMPTZ,
            before_first BIGINT NOT NULL,
            last_sequence BIGINT,
            archive TEXT,
            archive_hash BYTEA,
            detached_at TIMESTAMPTZ);
        CREATE TABLE journal.tail (
            one BOOLEAN PRIMARY KEY DEFAULT true CHECK (one),
            period INT NOT NULL,
            last_sequence BIGINT NOT NULL) WITH (fillfactor = 10);
        CREATE TABLE journal.entry (
            slot BIGINT NOT NULL,
            position BIGINT NOT NULL,
            epoch BIGINT NOT NULL,
            at BIGINT NOT NULL,
            period INT NOT NULL,
            site_key INT NOT NULL,
            codec INT NOT NULL,
            settings INT NOT NULL,
            kind SMALLINT NOT NULL,
            trust SMALLINT NOT NULL,
            hash BYTEA NOT NULL,
            device_id TEXT NOT NULL,
            body BYTEA NOT NULL) PARTITION BY LIST (period);
        ALTER TABLE journal.entry ALTER COLUMN body SET STORAGE EXTERNAL;
        CREATE INDEX entry_slot ON journal.entry (slot);
        CREATE INDEX entry_site ON journal.entry (site_key, position);
        CREATE TABLE journal.entry_group (
            group_number BIGINT NOT NULL,
            last_sequence BIGINT NOT NULL,
            bytes BIGINT NOT NULL,
            period INT NOT NULL,
            entries INT NOT NULL) PARTITION BY LIST (period);
        CREATE INDEX entry_group_number ON journal.entry_group (group_number);
        CREATE INDEX entry_group_sequence ON journal.entry_group (last_sequence);
        CREATE TABLE journal.snapshot (
            site_key INT PRIMARY KEY REFERENCES journal.site_head,
            epoch BIGINT NOT NULL,
            position BIGINT NOT NULL,
            hash BYTEA NOT NULL,
            apply_version INT NOT NULL,
            state BYTEA NOT NULL);
        ALTER TABLE journal.snapshot ALTER COLUMN state SET STORAGE EXTERNAL;
        CREATE TABLE journal.opening (
            site_key INT NOT NULL REFERENCES journal.site_head,
            epoch BIGINT NOT NULL,
            position BIGINT NOT NULL,
            hash BYTEA NOT NULL,
            apply_version INT NOT NULL,
            state BYTEA NOT NULL,
            PRIMARY KEY (site_key, position));
        ALTER TABLE journal.opening ALTER COLUMN state SET STORAGE EXTERNAL;
        INSERT INTO journal.period (period, opened_at, before_first) VALUES (1, clock_timestamp(), 0);
        INSERT INTO journal.tail (period, last_sequence) VALUES (1, 0);
        """;

    private const string Functions = """
        CREATE FUNCTION journal.take_epoch(site TEXT, origin BYTEA) RETURNS SETOF journal.site_head LANGUAGE plpgsql AS $f$
        BEGIN
            RETURN QUERY UPDATE journal.site_head h SET epoch = h.epoch + 1 WHERE h.site_id = site RETURNING h.*;
            IF NOT FOUND THEN
                RETURN QUERY INSERT INTO journal.site_head AS h (site_id, epoch, position, hash, cut_position, cut_hash)
                    VALUES (site, 1, 0, origin, 0, origin)
                    ON CONFLICT (site_id) DO UPDATE SET epoch = h.epoch + 1 RETURNING h.*;
            END IF;
        END $f$;

        CREATE FUNCTION journal.commit_group(
            number BIGINT, into_period INT, entry_count INT, body_bytes BIGINT,
            keys INT[], epochs BIGINT[], expected BIGINT[], reached BIGINT[], hashes BYTEA[]) RETURNS BIGINT LANGUAGE plpgsql AS $f$
        DECLARE
            held INT;
            last BIGINT;
        BEGIN
            UPDATE journal.site_head h SET position = a.reached, hash = a.hash
                FROM unnest(keys, epochs, expected, reached, hashes) AS a (site_key, epoch, expected, reached, hash)
                WHERE h.site_key = a.site_key AND h.epoch = a.epoch AND h.position = a.expected;
            GET DIAGNOSTICS held = ROW_COUNT;
            IF held <> cardinality(keys) THEN
                RAISE EXCEPTION 'a head of the group does not match' USING ERRCODE = 'EM001';
            END IF;
            UPDATE journal.tail t SET last_sequence = t.last_sequence + entry_count
                WHERE t.period = into_period RETURNING t.last_sequence INTO last;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'period % is closed', into_period USING ERRCODE = 'EM002';
            END IF;
            INSERT INTO journal.entry_group (group_number, last_sequence, bytes, period, entries)
                VALUES (number, last, body_bytes, into_period, entry_count);
            RETURN nextval('journal.group_number');
        END $f$;

        CREATE FUNCTION journal.make_table(parent TEXT, number INT) RETURNS VOID LANGUAGE plpgsql AS $f$
        BEGIN
            IF to_regclass(format('journal.%s_%s', parent, number)) IS NULL THEN
                EXECUTE format('CREATE TABLE journal.%1$s_%2$s (LIKE journal.%1$s INCLUDING ALL, CONSTRAINT of_period CHECK (period = %2$s))', parent, number);
                EXECUTE format('ALTER TABLE journal.%1$s ATTACH PARTITION journal.%1$s_%2$s FOR VALUES IN (%2$s)', parent, number);
                EXECUTE format('ALTER TABLE journal.%1$s_%2$s DROP CONSTRAINT of_period', parent, number);
            END IF;
        END $f$;

        CREATE FUNCTION journal.make_period(number INT) RETURNS VOID LANGUAGE plpgsql AS $f$
        BEGIN
            IF to_regclass('journal.entry_' || number) IS NOT NULL AND to_regclass('journal.entry_group_' || number) IS NOT NULL THEN
                RETURN;
            END IF;
            PERFORM pg_advisory_xact_lock(hashtext('earmark.journal.period'));
            PERFORM journal.make_table('entry', number);
            PERFORM journal.make_table('entry_group', number);
        END $f$;

        CREATE FUNCTION journal.open_period(longest INTERVAL) RETURNS INT LANGUAGE plpgsql AS $f$
        DECLARE
            moment TIMESTAMPTZ := clock_timestamp();
            now_open journal.tail;
        BEGIN
            UPDATE journal.tail t SET period = t.period + 1 FROM journal.period p
                WHERE p.period = t.period AND moment - p.opened_at >= longest
                RETURNING t.* INTO now_open;
            IF NOT FOUND THEN
                RETURN NULL;
            END IF;
            UPDATE journal.period SET closed_at = moment, last_sequence = now_open.last_sequence WHERE period = now_open.period - 1;
            INSERT INTO journal.period (period, opened_at, before_first) VALUES (now_open.period, moment, now_open.last_sequence);
            RETURN now_open.period;
        END $f$;
        """;
}
