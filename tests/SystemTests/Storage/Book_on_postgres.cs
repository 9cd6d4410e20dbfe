using Earmark.Storage.Book;
using Earmark.Storage.Postgres;
using Earmark.SystemTests.Running;
using Earmark.Tests.Storage.Book;

namespace Earmark.SystemTests.Storage;

/// <summary>The suites of the Book, each test on an empty schema of the shared server.</summary>
public sealed class PostgresBookHost(SharedPostgres shared) : BookHost
{
    private PostgresBook? book;

    public override BookDatabase Book => book!;

    public override async Task StartAsync()
    {
        var connection = new PostgresConnection(await shared.NewSchemaAsync());
        await PostgresMigrations.ApplyAsync(connection, CancellationToken.None);
        book = new PostgresBook(new PostgresOptions { Connection = connection }, TimeProvider.System);
    }

    public override void Dispose() => book?.Dispose();
}

public sealed class PostgresRegisterTests(SharedPostgres shared) : RegisterConformance(new PostgresBookHost(shared));

public sealed class PostgresLedgerTests(SharedPostgres shared) : LedgerConformance(new PostgresBookHost(shared));

public sealed class PostgresSealTests(SharedPostgres shared) : SealConformance(new PostgresBookHost(shared));

public sealed class PostgresPendingTests(SharedPostgres shared) : PendingConformance(new PostgresBookHost(shared));

public sealed class PostgresLendingTests(SharedPostgres shared) : LendingConformance(new PostgresBookHost(shared));

public sealed class PostgresMarketTests(SharedPostgres shared) : MarketConformance(new PostgresBookHost(shared));

public sealed class PostgresProductTests(SharedPostgres shared) : ProductConformance(new PostgresBookHost(shared));

public sealed class PostgresAlarmTests(SharedPostgres shared) : AlarmConformance(new PostgresBookHost(shared));

public sealed class PostgresIdentityTests(SharedPostgres shared) : IdentityConformance(new PostgresBookHost(shared));

public sealed class PostgresOutboxTests(SharedPostgres shared) : OutboxConformance(new PostgresBookHost(shared));
