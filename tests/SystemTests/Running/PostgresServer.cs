using System.Security.Cryptography;
using Npgsql;

namespace Earmark.SystemTests.Running;

/// <summary>
/// A PostgreSQL of its own in a temporary folder, on a free loopback port, with a password nobody else knows (scram). It may be
/// stopped, killed and started again; its databases stay until it is disposed.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "earmark";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private readonly string folder = Directory.CreateTempSubdirectory("earmark-postgres-").FullName;
    private readonly string password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly string[] settings;
    private Child? server;
    private int databases;

    private PostgresServer(string[] settings) => this.settings = settings;

    public int Port { get; } = Ports.Free();

    /// <summary>Id of the server's first process.</summary>
    public int ProcessId => server!.Id;

    /// <summary>What the server logged since it was last started.</summary>
    public string Output => server?.Output ?? "";

    private string Data => Path.Combine(folder, "data");

    /// <param name="settings">As in postgresql.conf, for example <c>max_connections=20</c>.</param>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        var server = new PostgresServer(settings);
        try
        {
            await server.InitializeAsync();
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Pooling is on; pools are told apart by this text.</summary>
    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username={User};Password={password};Database={database}";

    /// <summary>An empty database; answers its connection string.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await ExecuteAsync(ConnectionString("postgres"), $"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Starts the stopped or killed server on the same data and port, and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        server = PostgresPrograms.Start(
            "postgres",
            ["-D", Data, "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", .. settings.SelectMany(setting => new[] { "-c", setting })]);
        using var late = new CancellationTokenSource(StartLimit);
        while (!await AnswersAsync())
        {
            if (server.HasExited || late.IsCancellationRequested)
            {
                throw new InvalidOperationException($"PostgreSQL did not start.{Environment.NewLine}{server.Output}");
            }

            await Task.Delay(Look);
        }
    }

    /// <summary>A fast shutdown: open transactions are rolled back, clients sent away, everything written.</summary>
    public Task StopAsync() => server!.InterruptAsync(StopLimit);

    /// <summary>kill −9 of every process of the server: the next start recovers from its log.</summary>
    public Task KillAsync() => server!.KillAsync();

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task InitializeAsync()
    {
        var secret = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(secret, password);
        await PostgresPrograms.OwnAsync(folder);
        await PostgresPrograms.RunAsync(
            "initdb", "-D", Data, "-U", User, "--pwfile", secret, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");
        File.Delete(secret);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await ExecuteAsync(ConnectionString("postgres"), "SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            // Not listening yet, or still recovering.
            return false;
        }
    }
}
