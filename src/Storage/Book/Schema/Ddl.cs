namespace Earmark.Storage.Book;

/// <summary>The few words of the schema that each database spells its own way.</summary>
internal static class Ddl
{
    public static string Bytes(BookDialect dialect) => dialect == BookDialect.Sqlite ? "BLOB" : "BYTEA";

    public static string Identity(BookDialect dialect) =>
        dialect == BookDialect.Sqlite ? "INTEGER PRIMARY KEY AUTOINCREMENT" : "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";

    /// <summary>Rows of the table can be inserted and read, never changed or deleted, whoever asks.</summary>
    public static string Immutable(BookDialect dialect, string table) => dialect == BookDialect.Sqlite
        ? $"""
           CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT raise(ABORT, '{table} is immutable'); END;
           CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT raise(ABORT, '{table} is immutable'); END;
           """
        : $"""
           CREATE FUNCTION {table}_immutable() RETURNS trigger LANGUAGE plpgsql AS
               $f$ BEGIN RAISE EXCEPTION '{table} is immutable' USING ERRCODE = 'insufficient_privilege'; END $f$;
           CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} EXECUTE FUNCTION {table}_immutable();
           """;
}
