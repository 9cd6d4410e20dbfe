namespace Earmark.Storage.Book;

internal static class RegisterTables
{
    public static string Create(BookDialect dialect) => $"""
        CREATE TABLE institution (
            institution_id TEXT PRIMARY KEY,
            display_name TEXT NOT NULL,
            time_zone TEXT NOT NULL);
        CREATE TABLE site (
            site_id TEXT PRIMARY KEY,
            institution_id TEXT NOT NULL REFERENCES institution,
            kind BIGINT NOT NULL,
            display_name TEXT NOT NULL,
            zones TEXT NOT NULL,
            latitude DOUBLE PRECISION,
            longitude DOUBLE PRECISION);
        CREATE INDEX site_of_institution ON site (institution_id, site_id);
        CREATE TABLE device (
            device_id TEXT PRIMARY KEY,
            institution_id TEXT NOT NULL REFERENCES institution,
            site_id TEXT NOT NULL REFERENCES site,
            kind TEXT NOT NULL,
            zone TEXT NOT NULL,
            password_hash TEXT NOT NULL,
            sealed_keys TEXT NOT NULL,
            in_service BIGINT NOT NULL,
            simulated BIGINT NOT NULL,
            added_at BIGINT NOT NULL,
            added_by TEXT NOT NULL);
        CREATE INDEX device_of_site ON device (institution_id, site_id, device_id);
        CREATE INDEX device_that_is_real ON device (device_id) WHERE simulated = 0;
        CREATE TABLE asset (
            asset_id TEXT PRIMARY KEY,
            institution_id TEXT NOT NULL REFERENCES institution,
            site_id TEXT NOT NULL REFERENCES site,
            kind TEXT NOT NULL,
            price_class TEXT NOT NULL,
            grade TEXT NOT NULL,
            body TEXT NOT NULL,
            added_at BIGINT NOT NULL,
            ended_at BIGINT,
            ended_because TEXT);
        CREATE INDEX asset_of_site ON asset (institution_id, site_id, asset_id);
        CREATE TABLE binding (
            binding_id {Ddl.Identity(dialect)},
            institution_id TEXT NOT NULL REFERENCES institution,
            asset_id TEXT NOT NULL REFERENCES asset,
            device_id TEXT NOT NULL,
            from_at BIGINT NOT NULL,
            until_at BIGINT,
            because TEXT NOT NULL);
        CREATE UNIQUE INDEX binding_one_of_asset ON binding (asset_id) WHERE until_at IS NULL;
        CREATE UNIQUE INDEX binding_one_of_device ON binding (device_id) WHERE until_at IS NULL;
        CREATE INDEX binding_of_asset ON binding (asset_id, from_at);
        CREATE INDEX binding_of_device ON binding (device_id, from_at);
        CREATE TABLE answer (
            scope TEXT NOT NULL,
            id TEXT NOT NULL,
            body_hash {Ddl.Bytes(dialect)} NOT NULL,
            answer TEXT NOT NULL,
            at BIGINT NOT NULL,
            PRIMARY KEY (scope, id));
        """;
}
