using Earmark.Storage;
using Earmark.Storage.Book;
using Earmark.Storage.Sqlite;
using Xunit;

namespace Earmark.Tests.Storage.Book;

/// <summary>An empty Book of one kind of database, for one test.</summary>
public abstract class BookHost : IDisposable
{
    public abstract BookDatabase Book { get; }

    /// <summary>Before the first use of <see cref="Book"/>.</summary>
    public virtual Task StartAsync() => Task.CompletedTask;

    public abstract void Dispose();
}

public sealed class SqliteBookHost : BookHost
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteBook _book;

    public SqliteBookHost() => _book = new SqliteBook(new StorageOptions { DataFolder = _folder.Path });

    public override BookDatabase Book => _book;

    public override void Dispose()
    {
        _book.Dispose();
        _folder.Dispose();
    }
}

/// <summary>A suite that runs on every database: one subclass each.</summary>
public abstract class BookConformance(BookHost host) : IAsyncLifetime
{
    protected const string Bank = "demo-bank";
    protected static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    protected BookDatabase Book => host.Book;

    protected IRegister Register => field ??= new Register(Book);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        await host.StartAsync();
        await Register.AddInstitutionAsync(new InstitutionRow(Bank, "Demo Bank", "Asia/Shanghai"), Cancel);
        await Register.AddInstitutionAsync(new InstitutionRow("other-bank", "Other Bank", "Asia/Shanghai"), Cancel);
        await Register.AddSiteAsync(new SiteRow("ranch-1", Bank, 1, "Ranch", "pen-1 pen-2", 43.5, null), Cancel);
        await Register.AddSiteAsync(new SiteRow("ranch-2", Bank, 1, "Ranch 2", "pen-1", null, null), Cancel);
    }

    public ValueTask DisposeAsync()
    {
        host.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected static AssetRow Asset(string id, string site = "ranch-1") =>
        new(id, Bank, site, "animal", "cattle", "angus", "{}", Noon, null, null);

    protected static FacilityRow Facility(string id) =>
        new(id, Bank, "borrower-1", "Borrower", "cattle-line", 100_000_000, 43_500, "{}", 1, Noon);

    protected static TransferRow Transfer(string id, params (string Account, long Fen)[] postings) =>
        new(id, Bank, "draw", new DateOnly(2026, 3, 1), Noon, "officer", [.. postings.Select(posting => new PostingRow(posting.Account, posting.Fen))]);

    /// <summary>A statement the database itself must refuse, whoever runs it.</summary>
    protected async Task RefusesItself(string sql) =>
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Book.WriteAsync(session => session.ExecuteAsync(sql), Cancel));
}
