namespace Earmark.Finance;

/// <summary>五级分类: 正常, 关注, 次级, 可疑, 损失. From substandard on it is non-performing (不良).</summary>
public enum RiskClass
{
    Pass,
    SpecialMention,
    Substandard,
    Doubtful,
    Loss,
}

/// <summary>What one debtor owes on one loan, and how late it is.</summary>
public readonly record struct Exposure(Money Outstanding, int DaysPastDue);

/// <summary>
/// Classes by days past due; collateral never lifts one. Where more than a tenth of what a debtor owes the bank is non-performing, the rest is at least
/// substandard. Source: 商业银行金融资产风险分类办法 (2023), articles on days overdue (1, 90, 270, 360) and on a debtor's other debts (10 %).
/// </summary>
public static class Classification
{
    private const int SubstandardAfterDays = 90;
    private const int DoubtfulAfterDays = 270;
    private const int LossAfterDays = 360;

    // One in ten: exactly a tenth pulls nothing along.
    private const int PulledAlongAbove = 10;

    public static RiskClass OfDays(int daysPastDue) => daysPastDue switch
    {
        > LossAfterDays => RiskClass.Loss,
        > DoubtfulAfterDays => RiskClass.Doubtful,
        > SubstandardAfterDays => RiskClass.Substandard,
        > 0 => RiskClass.SpecialMention,
        _ => RiskClass.Pass,
    };

    /// <summary>The classes of all a debtor owes, in the order given.</summary>
    public static IReadOnlyList<RiskClass> OfDebtor(IReadOnlyList<Exposure> exposures)
    {
        var own = exposures.Select(exposure => OfDays(exposure.DaysPastDue)).ToArray();
        var total = exposures.Sum(exposure => (decimal)exposure.Outstanding.Fen);
        var bad = exposures.Zip(own).Where(pair => pair.Second >= RiskClass.Substandard).Sum(pair => (decimal)pair.First.Outstanding.Fen);
        return bad * PulledAlongAbove > total
            ? [.. own.Select(one => one < RiskClass.Substandard ? RiskClass.Substandard : one)]
            : own;
    }
}
