using Earmark.Contracts.Lending;
using Xunit;

namespace Earmark.Tests.Silo.Lending;

public sealed class WhatIfTests
{
    private static readonly WhatIfQuestion Nothing = new(0, "", [], [], null);

    [Fact]
    public async Task What_a_draw_would_leave_is_what_the_draw_then_leaves_and_asking_moves_nothing()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = await OpenedAsync(bank);
        var asked = await Ask(ranch, Nothing with { DrawFen = 80_000_000 });
        Assert.Equal((0L, 0L), (asked.Before!.DebtFen, (await ranch.View()).DebtFen));
        Assert.Empty(asked.Refusals);
        Assert.True((await ranch.Draw("d-1", 800_000)).Accepted);
        var drawn = await ranch.View();
        Assert.Equal((drawn.DebtFen, drawn.EligibleValueFen, drawn.LtvPpm, drawn.LineState), (asked.After!.DebtFen, asked.After.EligibleValueFen, asked.After.LtvPpm, asked.After.LineState));
    }

    [Fact]
    public async Task A_draw_that_would_be_refused_is_told_with_the_reasons_of_the_refusal()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = await OpenedAsync(bank);
        var asked = await Ask(ranch, Nothing with { DrawFen = 95_000_000 });
        var refused = await ranch.Draw("d-1", 950_000);
        Assert.False(refused.Accepted);
        Assert.Equal(refused.Detail, string.Join(", ", asked.Refusals));
    }

    [Fact]
    public async Task What_a_price_would_do_is_what_it_then_does()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = await OpenedAsync(bank);
        Assert.True((await ranch.Draw("d-1", 800_000)).Accepted);
        var asked = await Ask(ranch, Nothing with { Prices = [new PriceLine("beef-cattle", "", 2_200_000, default, "")] });
        // 50 t at 22 less a tenth are 990,000: LTV 0.81, beyond 0.75; 156,500 brings the debt to 0.65 of it.
        Assert.Equal(("clear", "margin-call", 99_000_000L), (asked.Before!.LineState, asked.After!.LineState, asked.After.EligibleValueFen));
        Assert.Equal((15_650_000L, 24_076_924L), (asked.CurePaymentFen, asked.CureAddedValueFen));
        Assert.Null((await ranch.View()).MarginCall);
        Assert.True((await ranch.Post("p-2", 2_200_000)).Accepted);
        var after = await ranch.Settled();
        Assert.Equal((asked.After.LtvPpm, asked.After.LineState), (after.LtvPpm, after.LineState));
    }

    [Fact]
    public async Task Parameters_are_tried_and_those_that_could_not_stand_are_refused()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = await OpenedAsync(bank);
        Assert.True((await ranch.Draw("d-1", 800_000)).Accepted);
        var asked = await Ask(ranch, Nothing with { Parameters = new ParameterChange(400_000, null, null) });
        Assert.Equal(("liquidation", 90_000_000L), (asked.After!.LineState, asked.After.EligibleValueFen));
        var wrong = await Ask(ranch, Nothing with { Parameters = new ParameterChange(null, null, new LinesView(900_000, 800_000, 700_000, 600_000, 0)) });
        Assert.Equal("bad-parameters", wrong.Reason);
        Assert.Equal((await ranch.View()).Lines, new LinesView(600_000, 650_000, 750_000, 850_000, 20_000));
    }

    [Fact]
    public async Task Assets_that_are_not_pledged_here_cannot_be_asked_about_nor_a_facility_that_is_not_there()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = await OpenedAsync(bank);
        Assert.Equal("not-pledged", (await Ask(ranch, Nothing with { SiteId = "no-ranch", AssetIds = ["cow-1"] })).Reason);
        Assert.Null(await bank.Grains.GetGrain<IFacilityGrain>("nobody").WhatIf(Nothing));
    }

    private static async Task<Ranch> OpenedAsync(Bank bank)
    {
        var ranch = new Ranch(bank);
        await ranch.OpenAsync();
        await ranch.Report(100);
        return ranch;
    }

    private static async Task<WhatIfAnswer> Ask(Ranch ranch, WhatIfQuestion question) => (await ranch.Grain.WhatIf(question))!;
}
