using Earmark.Silo.Lending.Outbox;
using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Silo.Lending;

public sealed class FacilityStoryTests
{
    private static readonly int[] Thirty = [.. Enumerable.Range(10, 30)];

    [Fact]
    public async Task Thirty_deaths_open_one_call_that_names_them_and_a_recovered_price_cures_it_once()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Ranch(bank);
        await ranch.OpenAsync();
        await ranch.Report(100);
        Assert.True((await ranch.Draw("d-1", 800_000)).Accepted);
        var before = await ranch.View();
        Assert.Equal((135_000_000, 592_593, "clear"), (before.EligibleValueFen, before.LtvPpm, before.LineState));

        await ranch.Report(70, Thirty);
        var called = await ranch.Settled();
        Assert.Equal("margin-call", called.LineState);
        Assert.Equal(94_500_000, called.EligibleValueFen);
        var reason = Assert.Single(called.MarginCall!.Reasons);
        Assert.Equal(("dead-presumed", 30), (reason.Reason, reason.Count));
        Assert.Equal(Thirty.Select(Ranch.Animal), reason.AssetIds);

        await ranch.Report(70, Thirty);
        await ranch.Settled();
        Assert.Single(await ranch.Calls());
        await ranch.Post("p-2", 4_000_000);
        var cured = await ranch.Settled();
        await ranch.Report(70, Thirty);
        await ranch.Settled();
        Assert.Null(cured.MarginCall);
        var call = Assert.Single(await ranch.Calls());
        Assert.Equal("cured", call.State);
        Assert.Equal(["margin-call-opened", "margin-call-cured"], await Sent(bank));
    }

    [Fact]
    public async Task Evidence_that_is_retracted_withdraws_the_call()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Ranch(bank);
        await ranch.OpenAsync();
        await ranch.Report(100);
        Assert.True((await ranch.Draw("d-1", 800_000)).Accepted);
        await ranch.Report(70, Thirty);
        Assert.NotNull((await ranch.Settled()).MarginCall);
        await ranch.Report(100);
        Assert.Null((await ranch.Settled()).MarginCall);
        Assert.Equal("withdrawn", Assert.Single(await ranch.Calls()).State);
        Assert.Equal(["margin-call-opened", "margin-call-withdrawn"], await Sent(bank));
    }

    [Fact]
    public async Task Animals_that_die_while_the_call_is_open_are_added_to_its_reasons()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Ranch(bank);
        await ranch.OpenAsync();
        await ranch.Report(100);
        Assert.True((await ranch.Draw("d-1", 800_000)).Accepted);
        await ranch.Report(75, Thirty[..25]);
        await ranch.Settled();
        await ranch.Report(70, Thirty);
        var reason = Assert.Single((await ranch.Settled()).MarginCall!.Reasons);
        Assert.Equal(30, reason.Count);
        Assert.Equal(Thirty.Select(Ranch.Animal), reason.AssetIds);
        Assert.Equal(["margin-call-opened"], await Sent(bank));
    }

    [Fact]
    public async Task After_a_restart_the_facility_is_unknown_until_its_ranch_reports_and_then_the_same()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Ranch(bank);
        await ranch.OpenAsync();
        await ranch.Report(100);
        Assert.True((await ranch.Draw("d-1", 800_000)).Accepted);
        await ranch.Report(70, Thirty);
        var before = await ranch.Settled();

        await bank.RestartAsync();
        var restarted = await ranch.Settled();
        Assert.Equal("unknown", restarted.State);
        Assert.Equal("unknown", (await ranch.Draw("d-2", 1)).Detail!.Split(", ")[0]);
        Assert.Equal("margin-call", restarted.LineState);
        await ranch.Report(70, Thirty);
        var after = await ranch.Settled();
        Assert.Equal("current", after.State);
        Assert.Equal(
            (before.EligibleValueFen, before.DebtFen, before.LtvPpm, before.LineState, before.PriceVersion),
            (after.EligibleValueFen, after.DebtFen, after.LtvPpm, after.LineState, after.PriceVersion));
        Assert.Equal(before.MarginCall!.MarginCallId, after.MarginCall!.MarginCallId);
        Assert.Single(await ranch.Calls());
    }

    [Fact]
    public async Task A_late_or_repeated_report_changes_nothing()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Ranch(bank);
        await ranch.OpenAsync();
        var late = ranch.Reported(1, 10, []);
        await ranch.Report(100);
        await ranch.Report(90);
        await ranch.Grain.Report(late);
        await ranch.Grain.Report(late with { Epoch = 0, Position = 99 });
        Assert.Equal(90, (await ranch.View()).Factors.Sum(factor => factor.Count));
        await ranch.Grain.Report(late with { Epoch = 2, Position = 1 });
        Assert.Equal(10, (await ranch.View()).Factors.Sum(factor => factor.Count));
    }

    private static async Task<List<string>> Sent(Bank bank)
    {
        var rows = await bank.Service<IOutbox>().TakeAsync(100, TimeProvider.System.GetUtcNow(), OutboxDelivery.Lease, Bank.Cancel);
        return [.. rows.OrderBy(row => row.At).Select(row => row.Kind)];
    }
}
