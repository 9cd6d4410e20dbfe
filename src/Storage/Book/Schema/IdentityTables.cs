namespace Earmark.Storage.Book;

/// <summary>Protection keys and sign-in counts belong to the installation, not to an institution: a name is counted before it is known whose it is.</summary>
internal static class IdentityTables
{
    public static string Create(BookDialect dialect) => $"""
        CREATE TABLE person (
            user_name TEXT PRIMARY KEY,
            institution_id TEXT NOT NULL REFERENCES institution,
            role TEXT NOT NULL,
            display_name TEXT NOT NULL,
            password_hash TEXT NOT NULL,
            site_ids TEXT NOT NULL,
            borrower_id TEXT);
        CREATE INDEX person_of_institution ON person (institution_id, user_name);
        CREATE TABLE sign_in (
            user_name TEXT PRIMARY KEY,
            failures BIGINT NOT NULL,
            counted_from BIGINT NOT NULL,
            locked_until BIGINT);
        CREATE INDEX sign_in_old ON sign_in (counted_from);
        CREATE TABLE api_key (
            key_hash {Ddl.Bytes(dialect)} PRIMARY KEY,
            institution_id TEXT NOT NULL REFERENCES institution,
            role TEXT NOT NULL,
            name TEXT NOT NULL,
            site_ids TEXT NOT NULL,
            borrower_id TEXT,
            revoked_at BIGINT);
        CREATE TABLE audit (
            audit_id {Ddl.Identity(dialect)},
            institution_id TEXT NOT NULL REFERENCES institution,
            at BIGINT NOT NULL,
            made_by TEXT NOT NULL,
            what TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL);
        CREATE INDEX audit_of_institution ON audit (institution_id, audit_id);
        CREATE INDEX audit_of_subject ON audit (institution_id, subject, audit_id);
        {Ddl.Immutable(dialect, "audit")}
        CREATE TABLE protection_key (
            name TEXT PRIMARY KEY,
            xml TEXT NOT NULL);
        """;
}
