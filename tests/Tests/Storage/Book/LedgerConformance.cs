using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Storage.Book;

public abstract class LedgerConformance(BookHost host) : BookConformance(host)
{
    private Ledger Ledger => new(Book);

    [Fact]
    public async Task A_transfer_moves_between_accounts_and_all_accounts_sum_to_zero()
    {
        Assert.Equal(PostResult.Posted, await Ledger.PostAsync(Transfer("t-1", ("loan-principal/l-1", 500), ("settlement", -500)), Cancel));
        Assert.Equal(PostResult.Posted, await Ledger.PostAsync(Transfer("t-2", ("settlement", 120), ("loan-principal/l-1", -100), ("interest-income", -20)), Cancel));
        Assert.Equal(400, await Ledger.BalanceFenAsync(Bank, "loan-principal/l-1", Cancel));
        Assert.Equal(0, await Ledger.BalanceFenAsync("other-bank", "loan-principal/l-1", Cancel));
        var trial = await Ledger.TrialBalanceAsync(Bank, Cancel);
        Assert.Equal(0, trial.Sum(account => account.BalanceFen));
        Assert.Equal([("interest-income", -20), ("loan-principal/l-1", 400), ("settlement", -380)], trial.Select(account => (account.Account, account.BalanceFen)));
    }

    [Fact]
    public async Task The_same_id_with_the_same_body_is_posted_once_and_with_another_body_refused()
    {
        var transfer = Transfer("t-1", ("a", 5), ("b", -5));
        await Ledger.PostAsync(transfer, Cancel);
        Assert.Equal(PostResult.AlreadyPosted, await Ledger.PostAsync(transfer with { RecordedAt = Noon.AddMinutes(1) }, Cancel));
        await Assert.ThrowsAsync<RepeatedIdException>(() => Ledger.PostAsync(Transfer("t-1", ("a", 6), ("b", -6)), Cancel));
        await Assert.ThrowsAsync<RepeatedIdException>(() => Ledger.PostAsync(transfer with { EffectiveOn = new DateOnly(2026, 3, 2) }, Cancel));
        Assert.Equal(5, await Ledger.BalanceFenAsync(Bank, "a", Cancel));
    }

    [Fact]
    public async Task Of_the_same_transfer_sent_many_times_at_once_one_is_posted_and_the_others_stand_already()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Ledger.PostAsync(Transfer("t-1", ("a", 5), ("b", -5)), Cancel), Cancel)));
        Assert.Single(answers, PostResult.Posted);
        Assert.Equal(5, await Ledger.BalanceFenAsync(Bank, "a", Cancel));
    }

    [Fact]
    public async Task Transfers_over_the_same_accounts_in_opposite_order_all_count()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(
            () => Ledger.PostAsync(i % 2 == 0 ? Transfer($"t-{i}", ("a", 5), ("b", -5)) : Transfer($"t-{i}", ("b", 3), ("a", -3)), Cancel), Cancel)));
        Assert.Equal(40, await Ledger.BalanceFenAsync(Bank, "a", Cancel));
        Assert.Equal(-40, await Ledger.BalanceFenAsync(Bank, "b", Cancel));
    }

    [Fact]
    public async Task Postings_that_do_not_sum_to_zero_are_refused_before_they_reach_the_database()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Ledger.PostAsync(Transfer("t-1", ("a", 5), ("b", -4)), Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Ledger.PostAsync(Transfer("t-1", ("a", 0), ("b", 0)), Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Ledger.PostAsync(Transfer("t-1", ("a", 5)), Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Ledger.PostAsync(Transfer("t-1", ("a", long.MaxValue), ("b", long.MaxValue), ("c", 2)), Cancel));
        Assert.Empty(await Ledger.TrialBalanceAsync(Bank, Cancel));
    }

    [Theory]
    [InlineData("UPDATE posting SET amount_fen = 6 WHERE transfer_id = 't-1' AND line = 0")]
    [InlineData("DELETE FROM posting WHERE transfer_id = 't-1'")]
    [InlineData("UPDATE transfer SET kind = 'x' WHERE transfer_id = 't-1'")]
    [InlineData("DELETE FROM transfer WHERE transfer_id = 't-1'")]
    [InlineData("INSERT INTO posting (transfer_id, line, institution_id, account, owner, amount_fen) VALUES ('t-1', 2, 'demo-bank', 'a', 'a', 1)")]
    [InlineData("INSERT INTO posting (transfer_id, line, institution_id, account, owner, amount_fen) VALUES ('t-2', 0, 'demo-bank', 'a', 'a', 1)")]
    public async Task What_is_posted_is_refused_to_change_by_the_database_itself(string sql)
    {
        await Ledger.PostAsync(Transfer("t-1", ("a", 5), ("b", -5)), Cancel);
        await RefusesItself(sql);
        Assert.Equal(5, await Ledger.BalanceFenAsync(Bank, "a", Cancel));
        Assert.Equal(2, (await Ledger.TransfersAsync(Bank, null, 0, 10, Cancel)).Single().Postings.Count);
    }

    [Fact]
    public async Task The_database_itself_refuses_a_transfer_whose_postings_do_not_sum_to_zero()
    {
        var hash = new byte[32];
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Book.WriteAsync(
            async session =>
            {
                const string Posting = "INSERT INTO posting (transfer_id, line, institution_id, account, owner, amount_fen) VALUES ('t-9', @line, 'demo-bank', 'a', 'a', @fen)";
                await session.ExecuteAsync(Posting, ("@line", 0), ("@fen", 5));
                await session.ExecuteAsync(Posting, ("@line", 1), ("@fen", -4));
                await session.ExecuteAsync(
                    """
                    INSERT INTO transfer (transfer_id, institution_id, kind, effective_on, recorded_at, posted_by, body_hash)
                    VALUES ('t-9', 'demo-bank', 'x', '2026-03-01', 0, 'x', @hash)
                    """,
                    ("@hash", hash));
            },
            Cancel));
        Assert.Empty(await Ledger.TrialBalanceAsync(Bank, Cancel));
    }

    [Fact]
    public async Task Transfers_come_newest_first_and_by_the_beginning_of_an_account()
    {
        await Ledger.PostAsync(Transfer("t-1", ("loan-principal/l-1", 5), ("b", -5)), Cancel);
        await Ledger.PostAsync(Transfer("t-2", ("loan-interest/l-1", 7), ("b", -7)) with { RecordedAt = Noon.AddMinutes(1) }, Cancel);
        Assert.Equal(["t-2", "t-1"], (await Ledger.TransfersAsync(Bank, null, 0, 10, Cancel)).Select(transfer => transfer.TransferId));
        var one = Assert.Single(await Ledger.TransfersAsync(Bank, "loan-principal/", 0, 10, Cancel));
        Assert.Equal([new PostingRow("loan-principal/l-1", 5), new PostingRow("b", -5)], one.Postings);
        Assert.Equal((new DateOnly(2026, 3, 1), Noon), (one.EffectiveOn, one.RecordedAt));
        Assert.Empty(await Ledger.TransfersAsync("other-bank", null, 0, 10, Cancel));
    }
}
