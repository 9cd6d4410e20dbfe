namespace Earmark.Storage.Postgres;

/// <summary>
/// What a role needs to append to the journal and read it. Entries are added and read, never changed or deleted. The next period's
/// tables are made with their owner's rights; detaching and archiving stay the owner's.
/// </summary>
internal static class JournalRights
{
    /// <param name="role">Quoted already.</param>
    public static string Grant(string role) => $"""
        GRANT USAGE ON SCHEMA journal TO {role};
        REVOKE ALL ON ALL TABLES IN SCHEMA journal FROM {role};
        GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA journal TO {role};
        GRANT UPDATE ON journal.site_head, journal.tail, journal.period, journal.snapshot, journal.opening TO {role};
        GRANT DELETE ON journal.opening TO {role};
        GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA journal TO {role};
        ALTER DEFAULT PRIVILEGES IN SCHEMA journal GRANT SELECT, INSERT ON TABLES TO {role};
        ALTER FUNCTION journal.make_period(INT) SECURITY DEFINER SET search_path = journal, pg_temp;
        """;
}
