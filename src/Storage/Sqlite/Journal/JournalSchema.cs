using Microsoft.Data.Sqlite;

namespace Earmark.Storage.Sqlite;

/// <summary>
/// Tables of journal.db. Entries lie in order of commit, so an append touches the last page and the head's, nothing else.
/// <para>
/// Reading one site needs no index on the hot way: each entry names the sequence of the entry before it of the same site, and
/// the head names the last. Every <see cref="MarkEvery"/>th position is also marked in a side table. A read starts at the next
/// mark (or the head) beyond what it wants and follows the chain back: at most <see cref="MarkEvery"/> rows too many, each found
/// by rowid. An index on (site, position) dirties one page for each site in a group instead: with 1,000 sites and single entries
/// of 1.7 KB, 23,000–31,000 appends/s and 14–18 µs of CPU against 40,000–68,000/s and 13–14 µs without it (2 busy cores, chain hash
/// included). Scanning forward from a mark would read every other site's entries too.
/// </para>
/// </summary>
internal static class JournalSchema
{
    public const int PageBytes = 16_384;
    public const int MarkEvery = 128;

    private const string First = """
        CREATE TABLE site (
            site_key INTEGER PRIMARY KEY,
            site_id TEXT NOT NULL UNIQUE);
        CREATE TABLE site_head (
            site_key INTEGER PRIMARY KEY REFERENCES site,
            epoch INTEGER NOT NULL,
            position INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            before INTEGER NOT NULL,
            hash BLOB NOT NULL CHECK (length(hash) = 32));
        CREATE TABLE entry (
            sequence INTEGER PRIMARY KEY,
            site_key INTEGER NOT NULL,
            before INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            position INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            at INTEGER NOT NULL,
            device_id TEXT NOT NULL,
            trust INTEGER NOT NULL,
            codec INTEGER NOT NULL,
            settings INTEGER NOT NULL,
            hash BLOB NOT NULL,
            body BLOB NOT NULL);
        CREATE TABLE entry_mark (
            site_key INTEGER NOT NULL,
            position INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            PRIMARY KEY (site_key, position)) WITHOUT ROWID;
        CREATE TABLE snapshot (
            site_key INTEGER PRIMARY KEY REFERENCES site,
            epoch INTEGER NOT NULL,
            position INTEGER NOT NULL,
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            apply_version INTEGER NOT NULL,
            state BLOB NOT NULL);
        """;

    private static readonly string[] Steps = [First];

    public static int Newest => Steps.Length;

    /// <exception cref="InvalidDataException">The file was written by a newer Earmark.</exception>
    public static void Migrate(SqliteConnection connection) => SqliteFile.Migrate(connection, "journal.db", Steps);
}
