namespace Earmark.Storage.Postgres.Orleans;

/// <summary>
/// What Orleans' ADO.NET providers (10.4) expect of a database: they read their statements by key from OrleansQuery and know
/// only the names of parameters and of result columns. Tables and statements are ours. A changed statement is a new step that
/// updates its row.
/// </summary>
internal static class OrleansTables
{
    public static IReadOnlyList<SchemaStep> Steps { get; } =
    [
        new("grain state", "CREATE TABLE OrleansQuery (QueryKey TEXT PRIMARY KEY, QueryText TEXT NOT NULL);" + GrainStateTables.Create + Keep(GrainStateTables.Queries)),
        new("membership", MembershipTables.Create + Keep(MembershipTables.Queries)),
    ];

    private static string Keep(IEnumerable<(string Key, string Text)> queries) => string.Concat(queries.Select(
        query => $"INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('{query.Key}', $query${query.Text}$query$);\n"));
}
