using Earmark.Storage.Postgres;
using Earmark.SystemTests.Running;
using Earmark.Tests.Storage.Book;
using Npgsql;

namespace Earmark.SystemTests.Storage;

/// <summary>A database that an earlier Earmark left, with data in it, as a start of this one finds it.</summary>
public sealed class Migrations_on_postgres(SharedPostgres shared)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private const string Shape = """
        SELECT string_agg(line, E'\n' ORDER BY line) FROM (
            SELECT concat_ws(' ', table_name, column_name, data_type, collation_name, is_nullable, column_default, is_identity) AS line FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND NOT tgisinternal
            UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(c.oid)) FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = 'public'
            UNION ALL SELECT concat_ws(' ', proname, prosecdef, array_to_string(proconfig, ','), prosrc) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public'
            UNION ALL SELECT concat_ws(' ', QueryKey, QueryText) FROM OrleansQuery) AS shape
        """;

    [Fact]
    public async Task A_book_of_the_version_before_goes_forward_with_its_data_and_goes_on()
    {
        var connection = await LoadAsync();
        await PostgresMigrations.ApplyAsync(connection, Cancel);
        await using var book = new PostgresBook(new PostgresOptions { Connection = connection }, TimeProvider.System);
        await BookSample.CheckAsync(book, Cancel);
        Assert.All(await PostgresMigrations.LookAsync(connection, Cancel), state => Assert.Empty(state.Missing));
    }

    [Fact]
    public async Task Looking_says_what_a_start_would_do_and_changes_nothing()
    {
        var connection = await LoadAsync();
        var shape = await TextAsync(connection, Shape);
        var states = await PostgresMigrations.LookAsync(connection, Cancel);
        Assert.Equal(["products", "domain clock of a cluster"], states.Single(state => state.Store == "book").Missing.Take(2));
        Assert.Equal(7, states.Single(state => state.Store == "book").Version);
        Assert.Equal(0, states.Single(state => state.Store == "journal").Version);
        Assert.Equal(shape, await TextAsync(connection, Shape));
    }

    [Fact]
    public async Task A_database_that_went_forward_has_the_shape_of_one_made_new()
    {
        var (old, fresh) = (await LoadAsync(), new PostgresConnection(await shared.NewDatabaseAsync()));
        await PostgresMigrations.ApplyAsync(old, Cancel);
        await PostgresMigrations.ApplyAsync(fresh, Cancel);
        Assert.Equal(await TextAsync(fresh, Shape), await TextAsync(old, Shape));
    }

    [Fact]
    public async Task A_database_of_a_newer_earmark_is_refused_and_left_as_it_is()
    {
        var connection = await LoadAsync("INSERT INTO earmark_schema (store, version, name) VALUES ('book', 1000, 'of the future')");
        Assert.Contains("1000", (await Assert.ThrowsAsync<InvalidDataException>(() => PostgresMigrations.LookAsync(connection, Cancel))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidDataException>(() => PostgresMigrations.ApplyAsync(connection, Cancel));
        Assert.Equal("", await TextAsync(connection, "SELECT coalesce(to_regclass('domain_clock')::text, '')"));
    }

    [Fact]
    public async Task Of_many_that_start_at_once_one_migrates_and_the_others_find_it_done()
    {
        var connection = await LoadAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PostgresMigrations.ApplyAsync(connection, Cancel), Cancel)));
        var newest = (await PostgresMigrations.LookAsync(connection, Cancel)).Single(state => state.Store == "book").Newest;
        Assert.Equal($"{newest} {newest}", await TextAsync(connection, "SELECT concat_ws(' ', count(*), max(version)) FROM earmark_schema WHERE store = 'book'"));
    }

    [Fact]
    public async Task A_step_that_fails_undoes_all_of_them()
    {
        var connection = await LoadAsync("CREATE TABLE domain_clock (in_the_way int)");
        await Assert.ThrowsAsync<PostgresException>(() => PostgresMigrations.ApplyAsync(connection, Cancel));
        Assert.Equal("7", await TextAsync(connection, "SELECT max(version)::text FROM earmark_schema WHERE store = 'book'"));
    }

    private async Task<PostgresConnection> LoadAsync(string then = "")
    {
        var text = await shared.NewDatabaseAsync();
        var dump = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Schemas", "postgres-v7.sql"));
        await PostgresServer.ExecuteAsync(text, dump + then);
        return new PostgresConnection(text);
    }

    private static async Task<string> TextAsync(PostgresConnection connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection.ForProvider(1) + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
