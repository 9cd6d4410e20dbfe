namespace Earmark.Finance;

/// <summary>
/// The equal instalment over the periods from one on: E = (B + Σ moved × (1 + its factor) ÷ (1 + f₁)) ÷ Σ Π 1 ÷ (1 + f), which for equal periods is
/// P·i ÷ (1 − (1 + i)^−n). What is drawn or changes later is not known yet and computes it anew when it comes.
/// Smoothing: where the last instalment would differ by more than ⌊n ÷ 2⌋ fen the instalment is tried again with + difference ÷ n, and kept only if the
/// difference shrinks; at most three times. Source: the annuity formula; smoothing as in Apache Fineract's EmiAdjustment.
/// </summary>
internal sealed class Annuity(Amount amount)
{
    private const int SmoothingTries = 3;
    private const decimal TwoTo64 = 18_446_744_073_709_551_616m;

    /// <param name="factors">Each period's interest on one fen, the first with all that happens in it.</param>
    public long Solve(long balance, Period first, ReadOnlySpan<Factor> factors)
    {
        var worth = (decimal)balance;
        foreach (var (fen, factor) in first.Within)
        {
            worth += fen * (1 + factor) / (1 + factors[0].Value);
        }

        var instalment = amount.Instalment(worth / SumOfDiscounts(factors));
        return factors.Length < 2 ? instalment : Smooth(instalment, balance, first, factors);
    }

    // In 64 bits after the point: off by less than 600 × 2^-64 of the sum, far below a fen of any loan.
    private static decimal SumOfDiscounts(ReadOnlySpan<Factor> factors)
    {
        var (sum, discount, isWhole) = (UInt128.Zero, 0UL, true);
        foreach (ref readonly var factor in factors)
        {
            if (factor.Value > 0)
            {
                discount = isWhole ? factor.Discount : Math.BigMul(discount, factor.Discount, out _);
                isWhole = false;
            }

            sum += isWhole ? UInt128.One << 64 : discount;
        }

        return (decimal)sum / TwoTo64;
    }

    private long Smooth(long instalment, long balance, Period first, ReadOnlySpan<Factor> factors)
    {
        var count = factors.Length;
        var difference = Last(instalment, balance, first, factors) - instalment;
        for (var tries = 0; tries < SmoothingTries && Math.Abs(difference) > count / 2; tries++)
        {
            var next = amount.Instalment(instalment + amount.Round((decimal)difference / count));
            if (next == instalment || next < 0)
            {
                break;
            }

            var nextDifference = Last(next, balance, first, factors) - next;
            if (Math.Abs(nextDifference) >= Math.Abs(difference))
            {
                break;
            }

            (instalment, difference) = (next, nextDifference);
        }

        return instalment;
    }

    /// <summary>What the last instalment would come to.</summary>
    private long Last(long instalment, long balance, Period first, ReadOnlySpan<Factor> factors)
    {
        var carried = 0L;
        for (var i = 0; i < factors.Length; i++)
        {
            var interest = carried + (i == 0 ? first.Interest(amount, balance) : amount.Interest(balance, factors[i]));
            balance += i == 0 ? first.WithinFen : 0;
            if (i == factors.Length - 1)
            {
                return balance + interest;
            }

            carried = Math.Max(interest - instalment, 0);
            balance -= Math.Clamp(instalment - interest, 0, Math.Max(balance, 0));
        }

        return balance;
    }
}
