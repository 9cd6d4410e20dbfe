using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Storage.Book;

public abstract class LendingConformance(BookHost host) : BookConformance(host)
{
    private LendingBook Lending => new(Book);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Assert.True(await Lending.AddFacilityAsync(Facility("fac-1"), Cancel));
        Assert.True(await Lending.AddFacilityAsync(Facility("fac-2"), Cancel));
    }

    [Fact]
    public async Task A_facility_is_added_once()
    {
        Assert.False(await Lending.AddFacilityAsync(Facility("fac-1") with { Product = "other" }, Cancel));
        Assert.Equal(Facility("fac-1"), (await Lending.FacilityAsync("fac-1", Cancel))!.Facility);
        Assert.Null(await Lending.FacilityAsync("fac-9", Cancel));
        Assert.Equal(2, (await Lending.FacilitiesAsync(null, Cancel)).Count);
        Assert.Empty(await Lending.FacilitiesAsync("other-bank", Cancel));
    }

    [Fact]
    public async Task A_decision_is_written_whole_and_raises_the_version()
    {
        Assert.Equal(CommitResult.Committed, await Lending.CommitAsync(Whole("d-1", 1), Cancel));
        var state = (await Lending.FacilityAsync("fac-1", Cancel))!;
        Assert.Equal(2, state.Facility.Version);
        Assert.Equal(new PledgedSite("ranch-1", 1, Noon), Assert.Single(state.Sites));
        Assert.Equal("cow-1", Assert.Single(await Lending.ActivePledgesAsync("fac-1", "ranch-1", Cancel)).AssetId);
        Assert.Empty(await Lending.ActivePledgesAsync("fac-1", "ranch-2", Cancel));
        Assert.Equal(Loan("l-1"), Assert.Single(state.Loans));
        Assert.Equal(Call("mc-1"), state.OpenMarginCall);
        Assert.Equal(700, Assert.Single(state.BalancesFen, pair => pair.Key == "loan-principal/l-1").Value);
        Assert.DoesNotContain("settlement", state.BalancesFen.Keys);
        Assert.Equal(1, await new Outbox(Book).PendingAsync(Cancel));
        var decision = Assert.Single(await Lending.DecisionsAsync("fac-1", 0, 10, Cancel));
        Assert.Equal(("d-1", 2L, "{\"in\":1}", "officer", Noon), (decision.DecisionId, decision.Version, decision.Inputs, decision.By, decision.At));
        Assert.Equal(decision, await Lending.DecisionAsync("d-1", Cancel));
        Assert.Null(await Lending.DecisionAsync("d-2", Cancel));
    }

    [Fact]
    public async Task A_decision_on_an_older_version_conflicts_and_the_same_decision_again_stands_already()
    {
        Assert.Equal(CommitResult.VersionConflict, await Lending.CommitAsync(Whole("d-1", 9), Cancel));
        Assert.Equal(CommitResult.Committed, await Lending.CommitAsync(Whole("d-1", 1), Cancel));
        Assert.Equal(CommitResult.AlreadyCommitted, await Lending.CommitAsync(Whole("d-1", 1), Cancel));
        Assert.Equal(CommitResult.VersionConflict, await Lending.CommitAsync(Empty("d-2", 1), Cancel));
        Assert.Equal(2, (await Lending.FacilityAsync("fac-1", Cancel))!.Facility.Version);
    }

    [Fact]
    public async Task What_fails_at_the_last_leaves_nothing_of_the_decision()
    {
        var bad = Whole("d-1", 1) with { Transfers = [Transfer("t-1", ("loan-principal/l-1", 5), ("settlement", -4))] };
        await Assert.ThrowsAsync<ArgumentException>(() => Lending.CommitAsync(bad, Cancel));
        var repeated = Transfer("t-2", ("a", 5), ("b", -5));
        await new Ledger(Book).PostAsync(repeated, Cancel);
        await Assert.ThrowsAsync<RepeatedIdException>(() => Lending.CommitAsync(Whole("d-1", 1) with { Transfers = [Transfer("t-2", ("a", 6), ("b", -6))] }, Cancel));
        var state = (await Lending.FacilityAsync("fac-1", Cancel))!;
        Assert.Equal((1, 0, 0), (state.Facility.Version, state.Sites.Count, state.Loans.Count));
        Assert.Null(state.OpenMarginCall);
        Assert.Empty(await Lending.DecisionsAsync("fac-1", 0, 10, Cancel));
        Assert.Equal(0, await new Outbox(Book).PendingAsync(Cancel));
        Assert.Equal(CommitResult.Committed, await Lending.CommitAsync(Whole("d-1", 1), Cancel));
    }

    [Fact]
    public async Task An_asset_is_in_one_active_pledge_and_free_again_once_released()
    {
        Assert.Equal(CommitResult.Committed, await Lending.CommitAsync(Empty("d-1", 1) with { NewPledges = [Pledge("cow-1", "fac-1")] }, Cancel));
        Assert.Equal(CommitResult.AssetPledged, await Lending.CommitAsync(Empty("d-2", 1, "fac-2") with { NewPledges = [Pledge("cow-2", "fac-2"), Pledge("cow-1", "fac-2")] }, Cancel));
        Assert.Null(await Lending.ActivePledgeAsync("cow-2", Cancel));
        Assert.Equal(1, (await Lending.FacilityAsync("fac-2", Cancel))!.Facility.Version);
        await Lending.CommitAsync(Empty("d-3", 1, "fac-2") with { ReleasedAssetIds = ["cow-1"] }, Cancel);
        Assert.Equal("fac-1", (await Lending.ActivePledgeAsync("cow-1", Cancel))!.FacilityId);
        await Lending.CommitAsync(Empty("d-4", 2) with { ReleasedAssetIds = ["cow-1"] }, Cancel);
        Assert.Equal(CommitResult.Committed, await Lending.CommitAsync(Empty("d-5", 2, "fac-2") with { NewPledges = [Pledge("cow-1", "fac-2")] }, Cancel));
        Assert.Equal(Noon, Assert.Single(await Lending.PledgesAsync("fac-1", Cancel)).ReleasedAt);
        await RefusesItself("INSERT INTO pledge (institution_id, asset_id, facility_id, site_id, registration_number, pledged_at) VALUES ('demo-bank', 'cow-1', 'fac-1', 'ranch-1', '', 0)");
    }

    [Fact]
    public async Task Of_fifty_racing_pledges_of_one_asset_exactly_one_wins()
    {
        for (var i = 0; i < 50; i++)
        {
            await Lending.AddFacilityAsync(Facility($"race-{i}"), Cancel);
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(
            () => Lending.CommitAsync(Empty($"race-d-{i}", 1, $"race-{i}") with { NewPledges = [Pledge("cow-7", $"race-{i}")] }, Cancel), Cancel)));
        Assert.Equal(49, answers.Count(answer => answer == CommitResult.AssetPledged));
        var winner = Array.IndexOf(answers, CommitResult.Committed);
        Assert.Equal($"race-{winner}", (await Lending.ActivePledgeAsync("cow-7", Cancel))!.FacilityId);
    }

    [Fact]
    public async Task Of_racing_decisions_on_one_facility_exactly_one_raises_the_version()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Lending.CommitAsync(Empty($"d-{i}", 1), Cancel), Cancel)));
        Assert.Single(answers, CommitResult.Committed);
        Assert.Equal(19, answers.Count(answer => answer == CommitResult.VersionConflict));
    }

    [Fact]
    public async Task The_same_decision_sent_twice_at_once_is_committed_once_and_stands_for_the_other()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Lending.CommitAsync(Whole("d-1", 1), Cancel), Cancel)));
        Assert.Single(answers, CommitResult.Committed);
        Assert.Equal(19, answers.Count(answer => answer == CommitResult.AlreadyCommitted));
        Assert.Equal(700, await new Ledger(Book).BalanceFenAsync(Bank, "loan-principal/l-1", Cancel));
    }

    [Fact]
    public async Task Pledges_of_the_same_assets_in_opposite_order_end_with_one_winner_and_not_with_each_waiting_for_the_other()
    {
        for (var round = 0; round < 10; round++)
        {
            var (first, second) = ($"cow-{round}-a", $"cow-{round}-b");
            var answers = await Task.WhenAll(
                Task.Run(async () => await Lending.CommitAsync(Empty($"a-{round}", await Version("fac-1")) with { NewPledges = [Pledge(first, "fac-1"), Pledge(second, "fac-1")] }, Cancel), Cancel),
                Task.Run(async () => await Lending.CommitAsync(Empty($"b-{round}", await Version("fac-2"), "fac-2") with { NewPledges = [Pledge(second, "fac-2"), Pledge(first, "fac-2")] }, Cancel), Cancel));
            Assert.Equal([CommitResult.Committed, CommitResult.AssetPledged], answers.Order());
            Assert.Equal((await Lending.ActivePledgeAsync(first, Cancel))!.FacilityId, (await Lending.ActivePledgeAsync(second, Cancel))!.FacilityId);
        }
    }

    [Fact]
    public async Task One_margin_call_is_open_a_facility_and_ends_under_its_own_id()
    {
        await Lending.CommitAsync(Empty("d-1", 1) with { MarginCall = Call("mc-1") }, Cancel);
        Assert.Equal(CommitResult.MarginCallOpen, await Lending.CommitAsync(Empty("d-2", 2) with { MarginCall = Call("mc-2") }, Cancel));
        await RefusesItself("INSERT INTO margin_call SELECT 'mc-3', facility_id, institution_id, state, opened_at, ended_at, debt_fen, eligible_value_fen, ltv_ppm, shortfall_fen, cure_by, reasons FROM margin_call");
        Assert.Equal(CommitResult.Committed, await Lending.CommitAsync(Empty("d-3", 2) with { MarginCall = Call("mc-1") with { State = "cured", EndedAt = Noon.AddHours(1) } }, Cancel));
        Assert.Equal(CommitResult.Committed, await Lending.CommitAsync(Empty("d-4", 3) with { MarginCall = Call("mc-2") with { LtvPpm = null } }, Cancel));
        Assert.Null((await Lending.FacilityAsync("fac-1", Cancel))!.OpenMarginCall!.LtvPpm);
        Assert.Equal(2, (await Lending.MarginCallsAsync(Bank, "fac-1", false, 0, 10, Cancel)).Count);
        Assert.Equal("mc-2", Assert.Single(await Lending.MarginCallsAsync(Bank, null, true, 0, 10, Cancel)).MarginCallId);
        Assert.Empty(await Lending.MarginCallsAsync("other-bank", null, false, 0, 10, Cancel));
    }

    [Fact]
    public async Task A_loan_goes_on_but_its_principal_and_day_never_change()
    {
        await Lending.CommitAsync(Empty("d-1", 1) with { Loans = [Loan("l-1")] }, Cancel);
        var later = Loan("l-1") with { AccruedThrough = new DateOnly(2026, 3, 5), AccruedRemainder = 77, State = "closed", PrincipalFen = 1, DrawnOn = new DateOnly(2020, 1, 1) };
        await Lending.CommitAsync(Empty("d-2", 2) with { Loans = [later] }, Cancel);
        Assert.Equal(later with { PrincipalFen = 700, DrawnOn = new DateOnly(2026, 3, 1) }, Assert.Single(await Lending.LoansAsync("fac-1", Cancel)));
    }

    [Theory]
    [InlineData("UPDATE decision SET outcome = 'accepted'")]
    [InlineData("DELETE FROM decision")]
    public async Task A_decision_is_refused_to_change_by_the_database_itself(string sql)
    {
        await Lending.CommitAsync(Empty("d-1", 1), Cancel);
        await RefusesItself(sql);
    }

    private async Task<long> Version(string facilityId) => (await Lending.FacilityAsync(facilityId, Cancel))!.Facility.Version;

    private static LendingDecision Empty(string id, long version, string facility = "fac-1") =>
        new(id, facility, version, "draw", "accepted", "{\"in\":1}", "{}", "officer", Noon, [], [], [], [], null, []);

    private static LendingDecision Whole(string id, long version) => Empty(id, version) with
    {
        Transfers = [Transfer("t-1", ("loan-principal/l-1", 700), ("settlement", -700))],
        NewPledges = [Pledge("cow-1", "fac-1")],
        Loans = [Loan("l-1")],
        MarginCall = Call("mc-1"),
        Outbox = [new OutboxRow("e-1", Bank, "margin-call-opened", "mc-1", "{}", Noon, 0, "")],
    };

    private static PledgeRow Pledge(string asset, string facility) => new(asset, facility, "ranch-1", "ZD-1", Noon, null);

    private static LoanRow Loan(string id) =>
        new(id, "fac-1", 700, 43_500, new DateOnly(2026, 3, 1), "feed supplier", "[]", new DateOnly(2026, 3, 1), 0, "open");

    private static MarginCallRow Call(string id) =>
        new(id, "fac-1", Bank, "opened", Noon, null, 700, 900, 777_777, 100, Noon.AddDays(5), "[]");
}
