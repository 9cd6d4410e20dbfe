using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Storage.Book;

/// <summary>
/// A small whole Book: something in every table. Committed dumps of earlier schema versions hold it (<c>Schemas/</c>): filled by
/// <see cref="FillAsync"/> of that version, then written out by <c>sqlite3 book.db .dump</c> or <c>pg_dump --inserts</c>.
/// </summary>
public static class BookSample
{
    private const string Bank = "demo-bank";
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 3, 1);

    public static async Task FillAsync(BookDatabase book, CancellationToken cancel)
    {
        var register = new Register(book);
        await register.AddInstitutionAsync(new InstitutionRow(Bank, "示范银行", "Asia/Shanghai"), cancel);
        await register.AddSiteAsync(new SiteRow("ranch-1", Bank, 1, "Ranch", "pen-1", 43.5, null), cancel);
        await register.AddDeviceAsync(new DeviceRow("bs-1", Bank, "ranch-1", "base-station", "pen-1", "$7$101$s$h", "{}", true, true, Noon, "officer"), cancel);
        await register.PutAssetsAsync([new AssetRow("cow-1", Bank, "ranch-1", "animal", "cattle", "angus", "{}", Noon, null, null)], cancel);
        await register.BindAsync([new BindingRow("cow-1", "tag-1", Noon, null, "tagged")], cancel);
        await register.KeepAnswerAsync("import", "id-1", [1], "first", Noon, cancel);
        await new Prices(book).PostAsync(Bank, "p-1", "officer", "market", Noon, [new PriceRow("cattle", "", 2_700_000, Noon, "market", 0, "officer")], cancel);
        await new Alarms(book).StandAsync("ranch-1", Bank, 1, 1, Noon, [new AlarmCauseRow("cow-1", "missing", 2, Noon, "detail")], cancel);
        var lending = new LendingBook(book);
        await lending.AddFacilityAsync(new FacilityRow("fac-1", Bank, "borrower-1", "Borrower", "cattle-line", 100_000_000, 43_500, "{}", 1, Noon), cancel);
        Assert.Equal(CommitResult.Committed, await lending.CommitAsync(Decision("d-1", 1, "t-1", "cow-1"), cancel));
        var identity = new Identity(book);
        await identity.AddUserAsync(new UserRow("wang", Bank, "borrower", "Wang", "hash", "", "borrower-1"), cancel);
        await identity.FailedSignInAsync("wang", Noon, cancel);
        await identity.AddApiKeyAsync(new ApiKeyRow([1, 2, 3], Bank, "bank-officer", "demo", "ranch-1", null), cancel);
        await identity.AuditAsync(new AuditRow(Bank, Noon, "officer", "draw", "fac-1", "{}"), cancel);
        await identity.AddProtectionKeyAsync("k-1", "<a/>", cancel);
    }

    /// <summary>All of it is there and the Book goes on.</summary>
    public static async Task CheckAsync(BookDatabase book, CancellationToken cancel)
    {
        var register = new Register(book);
        Assert.Equal("示范银行", Assert.Single(await register.InstitutionsAsync(cancel)).DisplayName);
        Assert.Equal(43.5, Assert.Single(await register.SitesAsync(Bank, cancel)).Latitude);
        Assert.True((await register.DeviceAsync("bs-1", cancel))!.Simulated);
        Assert.Equal("cow-1", Assert.Single(await register.StandingBindingsAsync(["tag-1"], cancel)).AssetId);
        Assert.Equal("first", await register.AnswerAsync("import", "id-1", [1], cancel));
        Assert.Equal(1, (await new Prices(book).CurrentAsync(Bank, cancel)).Version);
        Assert.Equal(1, await new Alarms(book).CountOpenAsync(Bank, cancel));
        var lending = new LendingBook(book);
        var state = (await lending.FacilityAsync("fac-1", cancel))!;
        Assert.Equal((2, 700, "mc-1"), (state.Facility.Version, state.BalancesFen["loan-principal/l-1"], state.OpenMarginCall!.MarginCallId));
        Assert.Equal("wang", Assert.Single(await new Identity(book).UsersAsync(Bank, cancel)).UserName);
        Assert.Equal("demo", (await new Identity(book).ApiKeyAsync([1, 2, 3], cancel))!.Name);
        Assert.Equal("draw", Assert.Single(await new Identity(book).AuditTrailAsync(Bank, null, 0, 10, cancel)).What);
        Assert.Equal(1, await new Outbox(book).PendingAsync(cancel));

        Assert.Equal(CommitResult.AlreadyCommitted, await lending.CommitAsync(Decision("d-1", 2, "t-2", "cow-2"), cancel));
        Assert.Equal(CommitResult.AssetPledged, await lending.CommitAsync(Decision("d-2", 2, "t-2", "cow-1"), cancel));
        Assert.Equal(CommitResult.Committed, await lending.CommitAsync(Decision("d-2", 2, "t-2", "cow-2"), cancel));
        Assert.Equal(0, (await new Ledger(book).TrialBalanceAsync(Bank, cancel)).Sum(account => account.BalanceFen));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => book.WriteAsync(session => session.ExecuteAsync("DELETE FROM posting"), cancel));
        var clock = new ClockRow("scaled", 60, Noon, Noon);
        Assert.True(await new ClockBook(book).SetClockAsync(clock, cancel));
        Assert.Equal(clock, await new ClockBook(book).ClockAsync(cancel));
    }

    private static LendingDecision Decision(string id, long version, string transferId, string asset) => new(
        id, "fac-1", version, "draw", "accepted", "{}", "{}", "officer", Noon,
        [new TransferRow(transferId, Bank, "draw", Day, Noon, "officer", [new("loan-principal/l-1", 700), new("settlement", -700)])],
        [new PledgeRow(asset, "fac-1", "ranch-1", "ZD-1", Noon, null)],
        [],
        [new LoanRow("l-1", "fac-1", 700, 43_500, Day, "feed supplier", "[]", Day, 0, "open")],
        new MarginCallRow("mc-1", "fac-1", Bank, "opened", Noon, null, 700, 900, 777_777, 100, Noon.AddDays(5), "[]"),
        id == "d-1" ? [new OutboxRow("e-1", Bank, "margin-call-opened", "mc-1", "{}", Noon, 0, "")] : []);
}
