namespace Earmark.Storage.Book;

/// <summary>
/// Where the Book lives. The SQL of the Book is one text for every database: parameters <c>@x</c>, ON CONFLICT, RETURNING,
/// whole numbers as BIGINT, times as Unix milliseconds, days as <c>yyyy-MM-dd</c>. What differs is behind this class and
/// <see cref="BookDialect"/>.
/// </summary>
public abstract class BookDatabase
{
    /// <summary>
    /// At the end of a SELECT whose rows are then changed, where writers run at the same time: rows another writer holds are passed
    /// over for the next ones.
    /// </summary>
    public virtual string SkipHeldRows => "";

    /// <summary>Runs reads on one consistent state. They must not write.</summary>
    public abstract Task<T> ReadAsync<T>(Func<BookSession, Task<T>> read, CancellationToken cancel);

    /// <summary>
    /// Runs one transaction: committed when the function returns, rolled back when it throws. It may be run on another
    /// thread, and again from its beginning when it lost a race; it must await nothing but its session.
    /// </summary>
    public abstract Task<T> WriteAsync<T>(Func<BookSession, Task<T>> write, CancellationToken cancel);

    public async Task WriteAsync(Func<BookSession, Task> write, CancellationToken cancel) => await WriteAsync(
        async session =>
        {
            await write(session);
            return true;
        },
        cancel);
}

/// <summary>What the schema must say differently on each database.</summary>
public enum BookDialect
{
    Sqlite,
    PostgreSql,
}

public static class BookLimits
{
    /// <summary>Rows of one page of a list; more are not given.</summary>
    public const int PageRows = 1_000;

    /// <summary>Assets of one <see cref="IRegister.PutAssetsAsync"/>.</summary>
    public const int AssetsPerWrite = 100_000;

    public static int Page(int count) => Math.Clamp(count, 0, PageRows);

    public static int Offset(int offset) => Math.Max(0, offset);
}
