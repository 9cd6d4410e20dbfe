using Earmark.Storage.Book;
using Earmark.Storage.Postgres.Orleans;

namespace Earmark.Storage.Postgres;

/// <summary>
/// Everything the database holds, store by store, as steps forward. A published step is never changed: what must change is a new
/// step at the end of its store.
/// </summary>
internal static class PostgresSchema
{
    public static IReadOnlyList<(string Name, IReadOnlyList<SchemaStep> Steps)> Stores { get; } =
    [
        ("book", BookMigrations.For(BookDialect.PostgreSql)),
        ("orleans", OrleansTables.Steps),
    ];
}
