namespace Earmark.Finance;

/// <summary>
/// 信贷产品 as data. A version never changes; a facility keeps the version it was opened with, so a change of a product changes no signed loan.
/// </summary>
/// <param name="Code">a–z, 0–9 and '-', unique within the institution.</param>
/// <param name="AnnualRate">Fixed for the life of a loan.</param>
/// <param name="Collateral">Null for an unsecured product: only its limit bounds a draw.</param>
/// <param name="LimitMaximum">The largest limit a facility of it may have.</param>
/// <param name="Approvals">Who may approve up to which limit, rising; the last covers the maximum.</param>
public sealed record Product(
    string Code,
    string Name,
    string NameEn,
    LoanRules Loan,
    Fraction AnnualRate,
    CollateralRules? Collateral,
    Money LimitMaximum,
    bool IsRevolving,
    IReadOnlyList<ApprovalLevel> Approvals)
{
    public const int MaximumText = 60;
    public const int MaximumClasses = 50;
    public const int MaximumApprovals = 5;

    /// <summary>What is wrong with it, by member; null when it may stand.</summary>
    public ScheduleComplaint? Wrong() =>
        IsNoText(Name) ? new("name", $"It has 1 to {MaximumText} characters.")
        : IsNoText(NameEn) ? new("nameEn", $"It has 1 to {MaximumText} characters.")
        : AnnualRate < Fraction.Zero || AnnualRate > Fraction.One ? new("annualRatePercent", "It is 0 to 100 % a year.")
        : LimitMaximum.Fen is <= 0 or > ScheduleChecks.MaximumFen ? new("limitMaximum", "It is more than 0.")
        : Loan.Wrong() ?? Collateral?.Wrong() ?? WrongApprovals();

    private ScheduleComplaint? WrongApprovals() =>
        Approvals.Count is 0 or > MaximumApprovals ? new("approvals", $"There are 1 to {MaximumApprovals} levels.")
        : Approvals.Zip(Approvals.Skip(1)).Any(pair => pair.First.UpTo >= pair.Second.UpTo) ? new("approvals", "The levels rise.")
        : Approvals[^1].UpTo < LimitMaximum ? new("approvals", "The last level covers the largest limit.")
        : Approvals.Any(level => IsNoText(level.Role)) ? new("approvals", "Each level names a role.")
        : null;

    private static bool IsNoText(string text) => string.IsNullOrWhiteSpace(text) || text.Length > MaximumText;
}

public readonly record struct ApprovalLevel(string Role, Money UpTo);

/// <summary>What may be pledged and what it carries.</summary>
public sealed record CollateralRules(
    IReadOnlyList<ClassTerms> Classes,
    Fraction AdvanceRate,
    CoverLines Lines,
    IReadOnlyList<ConcentrationLimit> Concentration,
    int CureBusinessDays)
{
    public const int MaximumCureBusinessDays = 365;

    public CoverTerms Cover() => new(Classes, AdvanceRate, Lines, Concentration, CoverTerms.DefaultPriceRamp);

    internal ScheduleComplaint? Wrong() =>
        Classes.Count is 0 or > Product.MaximumClasses ? new("collateral.classes", $"A secured product takes 1 to {Product.MaximumClasses} price classes.")
        : CureBusinessDays is < 0 or > MaximumCureBusinessDays ? new("collateral.cureBusinessDays", $"It is 0 to {MaximumCureBusinessDays}.")
        : !Cover().IsValid ? new("collateral", "Lines rise from draw to liquidation with the hysteresis narrower than each gap; shares lie within 0 and 1; a class is named once.")
        : null;
}
