namespace Earmark.Tests.Storage.Book;

public sealed class SqliteRegisterTests() : RegisterConformance(new SqliteBookHost());

public sealed class SqliteLedgerTests() : LedgerConformance(new SqliteBookHost());

public sealed class SqliteSealTests() : SealConformance(new SqliteBookHost());

public sealed class SqlitePendingTests() : PendingConformance(new SqliteBookHost());

public sealed class SqliteLendingTests() : LendingConformance(new SqliteBookHost());

public sealed class SqliteMarketTests() : MarketConformance(new SqliteBookHost());

public sealed class SqliteProductTests() : ProductConformance(new SqliteBookHost());

public sealed class SqliteAlarmTests() : AlarmConformance(new SqliteBookHost());

public sealed class SqliteIdentityTests() : IdentityConformance(new SqliteBookHost());

public sealed class SqliteOutboxTests() : OutboxConformance(new SqliteBookHost());
