using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Storage.Book;

public abstract class SealConformance(BookHost host) : BookConformance(host)
{
    private Ledger Ledger => new(Book);

    private LedgerSeals Seals => new(Book);

    [Fact]
    public async Task What_was_committed_is_sealed_once_without_gaps_and_the_chain_can_be_computed_again()
    {
        await PostAsync(0, 7);
        Assert.Equal(7, (await Seals.HeadAsync(Bank, Cancel)).Unsealed);
        Assert.Equal(7, await Seals.SealAsync(Bank, Noon, Cancel));
        var first = await Seals.HeadAsync(Bank, Cancel);
        Assert.Equal((7L, 0L), (first.Number, first.Unsealed));
        Assert.Equal(0, await Seals.SealAsync(Bank, Noon, Cancel));
        Assert.Equal(first, await Seals.HeadAsync(Bank, Cancel));

        // One recorded before the others but committed after they were sealed is taken by the next seal.
        await Ledger.PostAsync(Transfer("late", -60), Cancel);
        await PostAsync(7, 3);
        Assert.Equal(4, await Seals.SealAsync(Bank, Noon, Cancel));
        var head = await Seals.HeadAsync(Bank, Cancel);
        Assert.Equal(new SealCheck(11, head.Hash, null), await Seals.VerifyAsync(Bank, Cancel));
        Assert.Equal(new SealHead(0, new string('0', 64), 0), await Seals.HeadAsync("other-bank", Cancel));
        Assert.Null((await Seals.VerifyAsync("other-bank", Cancel)).BrokenAt);
    }

    [Fact]
    public async Task More_than_a_batch_is_sealed_by_several_who_never_give_a_number_twice()
    {
        const int Count = LedgerSeals.BatchMaximum + 100;
        await Ledger.PostAllAsync([.. Enumerable.Range(0, Count).Select(number => Transfer($"t-{number:0000}", number))], Cancel);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Seals.SealAsync(Bank, Noon, Cancel), Cancel)));
        Assert.Equal((Count, 0), ((int)(await Seals.HeadAsync(Bank, Cancel)).Number, (int)(await Seals.HeadAsync(Bank, Cancel)).Unsealed));
        Assert.Equal((Count, null), ((int)(await Seals.VerifyAsync(Bank, Cancel)).Verified, (await Seals.VerifyAsync(Bank, Cancel)).BrokenAt));
    }

    [Fact]
    public async Task A_chain_that_does_not_fit_the_ledger_is_found_with_its_number()
    {
        await PostAsync(0, 3);
        await Seals.SealAsync(Bank, Noon, Cancel);
        // Somebody with the rights of the owner puts a seal of his own at the end.
        await Ledger.PostAsync(Transfer("forged", 9), Cancel);
        await Book.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("DELETE FROM unsealed");
                await session.ExecuteAsync(
                    "INSERT INTO seal (institution_id, number, transfer_id, hash, sealed_at) VALUES (@bank, 4, 'forged', @hash, 0)", ("@bank", Bank), ("@hash", new byte[32]));
                await session.ExecuteAsync("UPDATE seal_head SET number = 4, hash = @hash", ("@hash", new byte[32]));
            },
            Cancel);
        Assert.Equal((3L, 4L), ((await Seals.VerifyAsync(Bank, Cancel)).Verified, (await Seals.VerifyAsync(Bank, Cancel)).BrokenAt));
    }

    [Theory]
    [InlineData("UPDATE seal SET number = 9 WHERE number = 1")]
    [InlineData("DELETE FROM seal")]
    public async Task Seals_are_refused_to_change_by_the_database_itself(string sql)
    {
        await PostAsync(0, 1);
        await Seals.SealAsync(Bank, Noon, Cancel);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Book.WriteAsync(session => session.ExecuteAsync(sql), Cancel));
    }

    [Fact]
    public async Task An_account_everybody_posts_to_has_one_balance_out_of_many_parts()
    {
        await Ledger.PostAllAsync([.. Enumerable.Range(0, 50).Select(number => Transfer($"t-{number}", number))], Cancel);
        Assert.Equal(-50, await Ledger.BalanceFenAsync(Bank, $"interest-income/{Bank}", Cancel));
        Assert.Equal(50, await Ledger.BalanceFenAsync(Bank, "interest-receivable/l-1", Cancel));
        Assert.Equal(0, (await Ledger.TrialBalanceAsync(Bank, Cancel)).Sum(account => account.BalanceFen));
        var parts = await Book.ReadAsync(
            session => session.QueryAsync("SELECT account, count(*) FROM balance_part GROUP BY account ORDER BY account", row => (row.GetString(0), (int)row.GetInt64(1))), Cancel);
        Assert.True(parts[0].Item2 > 8, $"only {parts[0].Item2} parts");
        Assert.Equal(("interest-receivable/l-1", 1), parts[1]);
    }

    [Fact]
    public async Task Of_a_batch_with_one_that_cannot_stand_none_is_posted()
    {
        await Ledger.PostAsync(Transfer("t-1", 0), Cancel);
        var other = Transfer("t-1", 0) with { Kind = "fee-charge" };
        await Assert.ThrowsAsync<RepeatedIdException>(() => Ledger.PostAllAsync([Transfer("t-2", 0), other], Cancel));
        Assert.Equal(-1, await Ledger.BalanceFenAsync(Bank, $"interest-income/{Bank}", Cancel));
        Assert.Equal([PostResult.AlreadyPosted, PostResult.Posted], await Ledger.PostAllAsync([Transfer("t-1", 0), Transfer("t-2", 0)], Cancel));
    }

    private Task PostAsync(int from, int count) => Ledger.PostAllAsync([.. Enumerable.Range(from, count).Select(number => Transfer($"t-{number:0000}", number))], Cancel);

    private static TransferRow Transfer(string id, int minutes) => new(
        id, Bank, "interest-accrual", new DateOnly(2026, 3, 1), Noon.AddMinutes(minutes), "earmark",
        [new PostingRow("interest-receivable/l-1", 1), new PostingRow($"interest-income/{Bank}", -1)]);
}
