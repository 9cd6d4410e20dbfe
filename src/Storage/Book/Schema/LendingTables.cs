namespace Earmark.Storage.Book;

internal static class LendingTables
{
    /// <summary>A facility counts its active pledges by site whenever it loads; from the index alone.</summary>
    public static string IndexActivePledges(BookDialect dialect) =>
        "CREATE INDEX pledge_active_by_site ON pledge (facility_id, site_id, pledged_at) WHERE released_at IS NULL";

    public static string Create(BookDialect dialect) => $"""
        CREATE TABLE facility (
            facility_id TEXT PRIMARY KEY,
            institution_id TEXT NOT NULL REFERENCES institution,
            borrower_id TEXT NOT NULL,
            borrower_name TEXT NOT NULL,
            product TEXT NOT NULL,
            limit_fen BIGINT NOT NULL CHECK (limit_fen >= 0),
            annual_rate_ppm BIGINT NOT NULL,
            terms TEXT NOT NULL,
            version BIGINT NOT NULL,
            opened_at BIGINT NOT NULL);
        CREATE INDEX facility_of_institution ON facility (institution_id, facility_id);
        CREATE TABLE decision (
            decision_id TEXT PRIMARY KEY,
            facility_id TEXT NOT NULL REFERENCES facility,
            institution_id TEXT NOT NULL REFERENCES institution,
            version BIGINT NOT NULL,
            kind TEXT NOT NULL,
            outcome TEXT NOT NULL,
            inputs TEXT NOT NULL,
            answer TEXT NOT NULL,
            made_by TEXT NOT NULL,
            at BIGINT NOT NULL,
            UNIQUE (facility_id, version));
        {Ddl.Immutable(dialect, "decision")}
        CREATE TABLE pledge (
            pledge_id {Ddl.Identity(dialect)},
            institution_id TEXT NOT NULL REFERENCES institution,
            facility_id TEXT NOT NULL REFERENCES facility,
            asset_id TEXT NOT NULL,
            site_id TEXT NOT NULL,
            registration_number TEXT NOT NULL,
            pledged_at BIGINT NOT NULL,
            released_at BIGINT);
        CREATE UNIQUE INDEX pledge_one_active ON pledge (asset_id) WHERE released_at IS NULL;
        CREATE INDEX pledge_of_facility ON pledge (facility_id, asset_id);
        CREATE TABLE loan (
            loan_id TEXT PRIMARY KEY,
            facility_id TEXT NOT NULL REFERENCES facility,
            institution_id TEXT NOT NULL REFERENCES institution,
            principal_fen BIGINT NOT NULL CHECK (principal_fen > 0),
            annual_rate_ppm BIGINT NOT NULL,
            drawn_on TEXT NOT NULL,
            payee TEXT NOT NULL,
            schedule TEXT NOT NULL,
            accrued_through TEXT NOT NULL,
            accrued_remainder BIGINT NOT NULL,
            state TEXT NOT NULL);
        CREATE INDEX loan_of_facility ON loan (facility_id, loan_id);
        CREATE TABLE margin_call (
            margin_call_id TEXT PRIMARY KEY,
            facility_id TEXT NOT NULL REFERENCES facility,
            institution_id TEXT NOT NULL REFERENCES institution,
            state TEXT NOT NULL,
            opened_at BIGINT NOT NULL,
            ended_at BIGINT,
            debt_fen BIGINT NOT NULL,
            eligible_value_fen BIGINT NOT NULL,
            ltv_ppm BIGINT,
            shortfall_fen BIGINT NOT NULL,
            cure_by BIGINT NOT NULL,
            reasons TEXT NOT NULL);
        CREATE UNIQUE INDEX margin_call_one_open ON margin_call (facility_id) WHERE ended_at IS NULL;
        CREATE INDEX margin_call_of_institution ON margin_call (institution_id, opened_at);
        CREATE TABLE outbox (
            event_id TEXT PRIMARY KEY,
            institution_id TEXT NOT NULL REFERENCES institution,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            body TEXT NOT NULL,
            at BIGINT NOT NULL,
            due_at BIGINT NOT NULL,
            tries BIGINT NOT NULL,
            delivered_sinks TEXT NOT NULL,
            last_error TEXT,
            done_at BIGINT);
        CREATE INDEX outbox_due ON outbox (due_at) WHERE done_at IS NULL;
        """;
}
