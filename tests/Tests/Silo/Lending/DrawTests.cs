using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Silo.Lending;

public sealed class DrawTests
{
    [Fact]
    public async Task The_same_order_posts_once_and_another_body_under_its_id_is_refused()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Ranch(bank);
        await ranch.OpenAsync();
        await ranch.Report(100);
        var first = await ranch.Draw("d-1", 100_000);
        var again = await ranch.Draw("d-1", 100_000);
        Assert.True(first.Accepted);
        Assert.Equal(first, again);
        Assert.Equal("repeated-id", (await ranch.Draw("d-1", 100_001)).Reason);
        Assert.Equal(10_000_000, (await ranch.View()).PrincipalFen);
        Assert.Single(await ranch.Book.LoansAsync(Ranch.Facility, Bank.Cancel));
    }

    [Fact]
    public async Task A_draw_is_refused_with_every_reason_that_holds()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Ranch(bank);
        await ranch.OpenAsync();
        Assert.Equal("unknown", (await ranch.Draw("d-0", 1)).Reason);
        await ranch.Report(100, unobservedSince: bank.Clock.GetUtcNow().AddMinutes(-40));
        Assert.Equal("unobserved", (await ranch.Draw("d-1", 1)).Reason);
        await ranch.Report(100);
        Assert.Equal("would-breach, over-borrowing-base", (await ranch.Draw("d-2", 1_000_000)).Detail);
        Assert.Equal("amount-not-positive", (await ranch.Draw("d-3", 0)).Reason);
        bank.Clock.Advance(TimeSpan.FromSeconds(121));
        Assert.Equal("stale", (await ranch.Draw("d-4", 1)).Reason);
        bank.Clock.Advance(TimeSpan.FromDays(9));
        await ranch.Report(100);
        Assert.Equal("price-on-ramp", (await ranch.Draw("d-5", 1)).Reason);
        Assert.Equal(0, (await ranch.View()).DebtFen);
        Assert.Equal(0, await Trial(bank));
    }

    [Fact]
    public async Task Ten_draws_at_once_never_pass_the_line_between_them()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Ranch(bank);
        await ranch.OpenAsync();
        await ranch.Report(100);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => ranch.Draw($"d-{number}", 200_000).AsTask()));
        Assert.Equal(4, receipts.Count(receipt => receipt.Accepted));
        var view = await ranch.View();
        Assert.Equal(80_000_000, view.PrincipalFen);
        Assert.True(view.LtvPpm <= view.Lines.DrawPpm);
        Assert.Equal(0, await Trial(bank));
    }

    [Fact]
    public async Task Interest_is_booked_once_a_day_and_a_payment_goes_to_it_first()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Ranch(bank);
        await ranch.OpenAsync();
        await ranch.Report(100);
        var loan = (await ranch.Draw("d-1", 720_000)).LoanId!;
        bank.Clock.Advance(TimeSpan.FromDays(10));
        await ranch.Settled();
        await ranch.Settled();

        // 720,000 × 4.35 % ÷ 360 = 87.00 yuan a day.
        Assert.Equal(87_000, (await ranch.View()).AccruedInterestFen);
        var paid = await ranch.Grain.Repay(new("r-1", "officer", loan, 100_000));
        Assert.True(paid.Accepted);
        Assert.Equal(paid, await ranch.Grain.Repay(new("r-1", "officer", loan, 100_000)));
        var view = await ranch.View();
        Assert.Equal((0, 72_000_000 - 13_000), (view.AccruedInterestFen, view.PrincipalFen));
        Assert.Equal(0, await Trial(bank));
        await bank.RestartAsync();
        await ranch.Settled();
        Assert.Equal(view.DebtFen, (await ranch.View()).DebtFen);
    }

    [Fact]
    public async Task Paying_everything_settles_the_loan_and_what_is_left_over_is_owed_back()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Ranch(bank);
        await ranch.OpenAsync();
        await ranch.Report(100);
        var loan = (await ranch.Draw("d-1", 1_000)).LoanId!;
        Assert.True((await ranch.Grain.Repay(new("r-1", "officer", loan, 100_500))).Accepted);
        Assert.Equal("unknown-loan", (await ranch.Grain.Repay(new("r-2", "officer", "no-loan", 1))).Reason);
        Assert.Equal("settled", Assert.Single(await ranch.Book.LoansAsync(Ranch.Facility, Bank.Cancel)).State);
        Assert.Equal(0, (await ranch.View()).DebtFen);
        Assert.Equal(-500, await bank.Service<ILedger>().BalanceFenAsync(Bank.Institution, $"unapplied/{loan}", Bank.Cancel));
        Assert.Equal(0, await Trial(bank));
    }

    private static async Task<long> Trial(Bank bank) =>
        (await bank.Service<ILedger>().TrialBalanceAsync(Bank.Institution, Bank.Cancel)).Sum(account => account.BalanceFen);
}
