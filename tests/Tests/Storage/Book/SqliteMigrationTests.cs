using Earmark.Storage;
using Earmark.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Earmark.Tests.Storage.Book;

/// <summary>A data folder that an earlier Earmark left, with data in it, as a start of this one finds it.</summary>
public sealed class SqliteMigrationTests : IDisposable
{
    private const string Newer = "INSERT INTO schema_version VALUES (1000)";
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private StorageOptions Options => new() { DataFolder = _folder.Path };

    private string File => Path.Combine(_folder.Path, "book.db");

    [Fact]
    public async Task A_book_of_the_version_before_goes_forward_with_its_data_and_goes_on()
    {
        Load();
        using (var book = new SqliteBook(Options))
        {
            await BookSample.CheckAsync(book, Cancel);
        }

        Assert.All(SqliteSchemas.Look(Options), state => Assert.True(state.Store != "book" || state.Version == state.Newest));
    }

    [Fact]
    public void Looking_says_what_a_start_would_do_and_changes_nothing()
    {
        Load();
        var before = System.IO.File.ReadAllBytes(File);
        var book = SqliteSchemas.Look(Options).Single(state => state.Store == "book");
        Assert.Equal(7, book.Version);
        Assert.Equal(["products", "domain clock of a cluster"], book.Missing.Take(2));
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
        Assert.Equal(["book.db"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Applying_brings_every_store_to_its_newest_and_a_second_time_finds_nothing_to_do()
    {
        Load();
        Assert.Contains(SqliteSchemas.Apply(Options), state => state is { Store: "book", Version: 7 });
        Assert.All(SqliteSchemas.Apply(Options), state => Assert.Empty(state.Missing));
    }

    [Fact]
    public void A_book_that_went_forward_has_the_schema_of_one_made_new()
    {
        using var fresh = new TemporaryFolder();
        new SqliteBook(new StorageOptions { DataFolder = fresh.Path }).Dispose();
        Load();
        new SqliteBook(Options).Dispose();
        Assert.Equal(Schema(Path.Combine(fresh.Path, "book.db")), Schema(File));
    }

    [Fact]
    public void A_book_of_a_newer_earmark_is_refused_and_left_as_it_is()
    {
        Load(Newer);
        Assert.Throws<InvalidDataException>(() => SqliteSchemas.Look(Options));
        Assert.Throws<InvalidDataException>(() => SqliteSchemas.Apply(Options));
        Assert.Contains("1000", Assert.Throws<InvalidDataException>(() => new SqliteBook(Options)).Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(Path.Combine(_folder.Path, "journal.db")));
    }

    [Fact]
    public async Task Of_two_that_start_at_once_one_migrates_and_the_other_finds_it_done()
    {
        Load();
        var books = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => new SqliteBook(Options with { LockWait = TimeSpan.FromSeconds(60) }), Cancel)));
        await BookSample.CheckAsync(books[0], Cancel);
        Array.ForEach(books, book => book.Dispose());
    }

    public void Dispose() => _folder.Dispose();

    private void Load(string then = "")
    {
        using var connection = Open(File);
        using var load = connection.CreateCommand();
        load.CommandText = $"PRAGMA foreign_keys = OFF; {System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Schemas", "sqlite-v7.sql"))} {then}";
        load.ExecuteNonQuery();
    }

    private static List<string> Schema(string path)
    {
        using var connection = Open(path);
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT coalesce(sql, name) FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name";
        using var row = query.ExecuteReader();
        var schema = new List<string>();
        while (row.Read())
        {
            schema.Add(row.GetString(0));
        }

        return schema;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
