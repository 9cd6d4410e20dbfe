namespace Earmark.Storage.Book;

internal static class AlarmTables
{
    public static string Create(BookDialect dialect) => """
        CREATE TABLE alarm (
            alarm_id TEXT PRIMARY KEY,
            institution_id TEXT NOT NULL REFERENCES institution,
            site_id TEXT NOT NULL,
            subject TEXT NOT NULL,
            cause TEXT NOT NULL,
            severity BIGINT NOT NULL,
            state TEXT NOT NULL,
            since BIGINT NOT NULL,
            raised_at BIGINT NOT NULL,
            acknowledged_at BIGINT,
            acknowledged_by TEXT,
            comment TEXT,
            cleared_at BIGINT,
            detail TEXT NOT NULL);
        CREATE UNIQUE INDEX alarm_one_open ON alarm (site_id, subject, cause) WHERE cleared_at IS NULL;
        CREATE INDEX alarm_of_institution ON alarm (institution_id, raised_at);
        CREATE INDEX alarm_open_of_institution ON alarm (institution_id, severity, raised_at) WHERE cleared_at IS NULL;
        CREATE TABLE alarm_standing (
            site_id TEXT PRIMARY KEY,
            institution_id TEXT NOT NULL REFERENCES institution,
            epoch BIGINT NOT NULL,
            position BIGINT NOT NULL);
        """;
}
