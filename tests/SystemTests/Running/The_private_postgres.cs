using Npgsql;

namespace Earmark.SystemTests.Running;

/// <summary>The harness itself: what other tests build their faults on.</summary>
public sealed class The_private_postgres(SharedPostgres shared)
{
    [Fact]
    public async Task It_keeps_what_was_committed_through_a_restart_and_a_kill()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = await server.NewDatabaseAsync();
        await PostgresServer.ExecuteAsync(database, "CREATE TABLE kept (number int); INSERT INTO kept VALUES (1)");
        await server.RestartAsync();
        await PostgresServer.ExecuteAsync(database, "INSERT INTO kept VALUES (2)");
        await server.KillAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => PostgresServer.ExecuteAsync(database, "SELECT 1"));
        await server.StartAgainAsync();
        await PostgresServer.ExecuteAsync(database, "DO $$ BEGIN ASSERT (SELECT sum(number) FROM kept) = 3; END $$");
    }

    [Fact]
    public async Task Two_tests_get_two_databases_and_nobody_enters_without_the_password()
    {
        var (first, second) = (await shared.NewDatabaseAsync(), await shared.NewDatabaseAsync());
        await PostgresServer.ExecuteAsync(first, "CREATE TABLE mine (number int)");
        await PostgresServer.ExecuteAsync(second, "CREATE TABLE mine (number int)");
        var guessed = new NpgsqlConnectionStringBuilder(first) { Password = "guessed" };
        var refused = await Assert.ThrowsAsync<PostgresException>(() => PostgresServer.ExecuteAsync(guessed.ToString(), "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }
}
