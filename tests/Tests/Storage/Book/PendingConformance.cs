using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Storage.Book;

public abstract class PendingConformance(BookHost host) : BookConformance(host)
{
    private static readonly DateTimeOffset End = Noon.AddHours(1);

    private Ledger Ledger => new(Book);

    private PendingTransfers Pending => new(Book);

    [Fact]
    public async Task What_is_pending_touches_no_balance_until_it_is_posted_once()
    {
        Assert.Equal(PostResult.Posted, await Pending.ReserveAsync(Draw("p-1", 500), End, Cancel));
        Assert.Equal(PostResult.AlreadyPosted, await Pending.ReserveAsync(Draw("p-1", 500), End, Cancel));
        await Assert.ThrowsAsync<RepeatedIdException>(() => Pending.ReserveAsync(Draw("p-1", 501), End, Cancel));
        Assert.Equal((500, 0), await Pending.ReservedAsync(Bank, "loan-principal/l-1", Cancel));
        Assert.Equal(0, await Principal());

        Assert.Equal(PendingOutcome.Posted, await Pending.PostAsync("p-1", "t-1", null, "officer", Noon, Cancel));
        Assert.Equal(PendingOutcome.Posted, await Pending.PostAsync("p-1", "t-1", null, "officer", Noon, Cancel));
        Assert.Equal(PendingOutcome.EndedOtherwise, await Pending.PostAsync("p-1", "t-2", null, "officer", Noon, Cancel));
        Assert.Equal(PendingOutcome.EndedOtherwise, await Pending.VoidAsync("p-1", "officer", Noon, Cancel));
        Assert.Equal((0, 0), await Pending.ReservedAsync(Bank, "loan-principal/l-1", Cancel));
        Assert.Equal(500, await Principal());
    }

    [Fact]
    public async Task A_part_may_be_posted_and_the_rest_is_free_again()
    {
        await Pending.ReserveAsync(Draw("p-1", 500), End, Cancel);
        Assert.Equal(PendingOutcome.AmountRefused, await Pending.PostAsync("p-1", "t-1", 501, "officer", Noon, Cancel));
        Assert.Equal(PendingOutcome.AmountRefused, await Pending.PostAsync("p-1", "t-1", 0, "officer", Noon, Cancel));
        Assert.Equal((500, 0), await Pending.ReservedAsync(Bank, "loan-principal/l-1", Cancel));
        Assert.Equal(PendingOutcome.Posted, await Pending.PostAsync("p-1", "t-1", 300, "officer", Noon, Cancel));
        Assert.Equal((300, 0L), (await Principal(), (await Pending.ReservedAsync(Bank, "loan-principal/l-1", Cancel)).DebitFen));
    }

    [Fact]
    public async Task What_was_voided_or_ran_out_is_never_posted()
    {
        await Pending.ReserveAsync(Draw("p-1", 500), End, Cancel);
        Assert.Equal(PendingOutcome.Voided, await Pending.VoidAsync("p-1", "officer", Noon, Cancel));
        Assert.Equal(PendingOutcome.Voided, await Pending.VoidAsync("p-1", "officer", Noon, Cancel));
        Assert.Equal(PendingOutcome.EndedOtherwise, await Pending.PostAsync("p-1", "t-1", null, "officer", Noon, Cancel));
        await Pending.ReserveAsync(Draw("p-2", 500), End, Cancel);
        await Pending.ReserveAsync(Draw("p-3", 500), End.AddHours(1), Cancel);
        Assert.Equal(PendingOutcome.Expired, await Pending.PostAsync("p-2", "t-2", null, "officer", End, Cancel));
        Assert.Equal(0, await Pending.ExpireAsync(End, Cancel));
        Assert.Equal(1, await Pending.ExpireAsync(End.AddHours(1), Cancel));
        Assert.Equal(PendingOutcome.Expired, await Pending.VoidAsync("p-3", "officer", End.AddHours(2), Cancel));
        Assert.Equal(PendingOutcome.Unknown, await Pending.PostAsync("p-9", "t-9", null, "officer", Noon, Cancel));
        Assert.Equal(0, await Principal());
    }

    [Fact]
    public async Task Of_many_who_post_one_pending_transfer_at_once_one_does()
    {
        await Pending.ReserveAsync(Draw("p-1", 500), End, Cancel);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => Pending.PostAsync("p-1", $"t-{number}", null, "officer", Noon, Cancel), Cancel)));
        Assert.Single(outcomes, PendingOutcome.Posted);
        Assert.Equal(500, await Principal());
    }

    [Fact]
    public async Task The_database_refuses_to_take_what_a_loan_owes_below_zero()
    {
        await Ledger.PostAsync(Draw("t-1", 500), Cancel);
        await Assert.ThrowsAsync<BalanceBoundException>(() => Ledger.PostAsync(Draw("t-2", -501), Cancel));
        await Assert.ThrowsAsync<BalanceBoundException>(() => Ledger.PostAllAsync([Draw("t-3", -400), Draw("t-4", -101)], Cancel));
        await Assert.ThrowsAsync<BalanceBoundException>(() => Ledger.PostAsync(
            new TransferRow("t-5", Bank, "repayment", new DateOnly(2026, 3, 1), Noon, "x", [new PostingRow("interest-receivable/l-9", -1), new PostingRow("settlement", 1)]), Cancel));
        Assert.Equal(500, await Principal());
        Assert.Equal(PostResult.Posted, await Ledger.PostAsync(Draw("t-2", -500), Cancel));
        Assert.Equal(0, (await Ledger.TrialBalanceAsync(Bank, Cancel)).Sum(account => account.BalanceFen));
    }

    private Task<long> Principal() => Ledger.BalanceFenAsync(Bank, "loan-principal/l-1", Cancel);

    private static TransferRow Draw(string id, long fen) => new(
        id, Bank, "draw", new DateOnly(2026, 3, 1), Noon, "officer", [new PostingRow("loan-principal/l-1", fen), new PostingRow("entrusted-payment/feed", -fen)]);
}
