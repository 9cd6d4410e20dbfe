using CsCheck;
using Earmark.Finance;
using Xunit;

namespace Earmark.Tests.Finance;

public sealed class LedgerTests
{
    private static readonly DateOnly On = new(2026, 3, 2);
    private static readonly AccountId Loan = new(AccountKind.LoanPrincipal, "LN-1");
    private static readonly AccountId Payee = new(AccountKind.EntrustedPayment, "feed-co");
    private static readonly Transfer Draw = LoanTransfers.Draw("T-1", "LN-1", "feed-co", new Money(500), On);

    [Fact]
    public void A_draw_debits_the_loan_and_credits_the_payee()
    {
        Assert.Equal([new Posting(Loan, new Money(500)), new Posting(Payee, new Money(-500))], Draw.Postings);
        Assert.Equal(LedgerRefusal.None, LedgerRules.Check(Draw));
        Assert.Throws<ArgumentOutOfRangeException>(() => LoanTransfers.Draw("T-1", "LN-1", "feed-co", Money.Zero, On));
    }

    [Fact]
    public void What_does_not_balance_or_makes_no_sense_is_refused()
    {
        LedgerRefusal Check(params Posting[] postings) => LedgerRules.Check(new Transfer("T-2", TransferKind.Draw, On, postings));
        Assert.Equal(LedgerRefusal.Unbalanced, Check(new Posting(Loan, new Money(500)), new Posting(Payee, new Money(-499))));
        Assert.Equal(LedgerRefusal.NoPostings, Check());
        Assert.Equal(LedgerRefusal.ZeroPosting, Check(new Posting(Loan, Money.Zero)));
        Assert.Equal(LedgerRefusal.RepeatedAccount, Check(new Posting(Loan, new Money(1)), new Posting(Loan, new Money(-1))));
        Assert.Equal(LedgerRefusal.IdOutOfRange, LedgerRules.Check(Draw with { Id = " " }));
        Assert.Equal(LedgerRefusal.IdOutOfRange, LedgerRules.Check(Draw with { Id = new string('x', LedgerRules.MaximumIdLength + 1) }));
        var many = Enumerable.Range(0, LedgerRules.MaximumPostings + 1).Select(i => new Posting(Loan with { Owner = $"{i}" }, new Money(1)));
        Assert.Equal(LedgerRefusal.TooManyPostings, Check([.. many]));
    }

    [Fact]
    public void Each_currency_balances_by_itself() =>
        Assert.Equal(
            LedgerRefusal.Unbalanced,
            LedgerRules.Check(Draw with { Postings = [new Posting(Loan, new Money(500)), new Posting(Payee with { Currency = "USD" }, new Money(-500))] }));

    [Fact]
    public void Sums_beyond_64_bits_do_not_wrap_into_balance()
    {
        // 2 × (2^63 − 1) + 2 is 2^64: zero if it wrapped.
        Posting Leg(string owner, long fen) => new(Loan with { Owner = owner }, new Money(fen));
        var transfer = Draw with { Postings = [Leg("a", long.MaxValue), Leg("b", long.MaxValue), Leg("c", 2)] };
        Assert.Equal(LedgerRefusal.Unbalanced, LedgerRules.Check(transfer));
    }

    [Fact]
    public void The_same_body_is_recognised_in_any_order_and_another_is_not()
    {
        Assert.True(Draw.HasSameBody(Draw with { Postings = [.. Draw.Postings.Reverse()] }));
        Assert.False(Draw.HasSameBody(LoanTransfers.Draw("T-1", "LN-1", "feed-co", new Money(501), On)));
        Assert.False(Draw.HasSameBody(LoanTransfers.Draw("T-1", "LN-1", "other-co", new Money(500), On)));
        Assert.False(Draw.HasSameBody(Draw with { EffectiveOn = On.AddDays(1) }));
    }

    [Fact]
    public void A_payment_fills_penalty_fee_interest_principal_and_keeps_the_rest()
    {
        var owed = new Owed(new Money(10), new Money(20), new Money(30), new Money(1_000));
        Assert.Equal(new Allocation(new Owed(new Money(10), new Money(20), new Money(5), Money.Zero), Money.Zero), Allocation.Of(new Money(35), owed, Allocation.DefaultOrder));
        Assert.Equal(new Allocation(owed, new Money(40)), Allocation.Of(new Money(1_100), owed, Allocation.DefaultOrder));
        Assert.Equal(new Money(35), Allocation.Of(new Money(35), owed, [OwedPart.Principal, OwedPart.Principal, OwedPart.Penalty]).Paid.Principal);
        Assert.Equal(new Owed(new Money(10), default, default, default), Allocation.Of(new Money(35), owed, [OwedPart.Penalty, OwedPart.Penalty]).Paid);
    }

    [Fact]
    public void Any_life_of_a_loan_and_its_reversal_sums_to_zero()
    {
        var owedPart = Gen.Long[0, 1_000_000].Select(fen => new Money(fen));
        Gen.Select(owedPart, owedPart, owedPart, owedPart).Select(Gen.Long[1, 6_000_000], Gen.Shuffle(Allocation.DefaultOrder.ToArray())).Sample(sample =>
        {
            var ((penalty, fee, interest, principal), paid, order) = sample;
            var allocation = Allocation.Of(new Money(paid), new Owed(penalty, fee, interest, principal), order);
            var repay = LoanTransfers.Repay("R", "LN-1", "LN-1", allocation, On);
            Transfer[] life =
            [
                Draw, LoanTransfers.AccrueInterest("A", "LN-1", "bank", new Money(paid), On), LoanTransfers.AccruePenalty("P", "LN-1", "bank", new Money(7), On),
                LoanTransfers.ChargeFee("F", "LN-1", "bank", new Money(9), On), repay, repay.Reverse("X", On),
            ];
            return allocation.Paid.Total + allocation.Unapplied == new Money(paid)
                && life.All(transfer => LedgerRules.Check(transfer) == LedgerRefusal.None)
                && life.Sum(transfer => transfer.Postings.Sum(posting => posting.Amount.Fen)) == 0;
        });
    }
}
