using Earmark.Contracts.Sites;

namespace Earmark.Contracts.Lending;

/// <summary>
/// A facility's live cover with every step that made it. Money in 分, fractions in millionths, quantities in grams.
/// </summary>
/// <param name="State">unknown (a pledged site has not reported), current, stale, unobserved.</param>
/// <param name="LtvPpm">Debt ÷ eligible value; null with debt and no eligible value: beyond every line.</param>
/// <param name="LineState">clear, warning, margin-call, liquidation.</param>
/// <param name="ValidUntil">The earliest of the reports' ends; past it draws and releases are refused as stale.</param>
[GenerateSerializer, Immutable, Alias("earmark.facility-view")]
public sealed record FacilityView(
    [property: Id(0)] string FacilityId,
    [property: Id(1)] string InstitutionId,
    [property: Id(2)] string BorrowerName,
    [property: Id(3)] string Product,
    [property: Id(4)] long Version,
    [property: Id(5)] string State,
    [property: Id(6)] long LimitFen,
    [property: Id(7)] long DebtFen,
    [property: Id(8)] long PrincipalFen,
    [property: Id(9)] long AccruedInterestFen,
    [property: Id(10)] long MarketValueFen,
    [property: Id(11)] long EligibleValueFen,
    [property: Id(12)] long BorrowingBaseFen,
    [property: Id(13)] long? LtvPpm,
    [property: Id(14)] string LineState,
    [property: Id(15)] LinesView Lines,
    [property: Id(16)] long PriceVersion,
    [property: Id(17)] DateTimeOffset AsOf,
    [property: Id(18)] DateTimeOffset? ValidUntil,
    [property: Id(19)] DateTimeOffset? UnobservedSince,
    [property: Id(20)] FactorRow[] Factors,
    [property: Id(21)] ExcludedQuantity[] Excluded,
    [property: Id(22)] string[] Reasons,
    [property: Id(23)] SiteStanding[] Sites,
    [property: Id(24)] MarginCallView? MarginCall,
    [property: Id(25)] string ProductCode = "",
    [property: Id(26)] int ProductVersion = 0,
    [property: Id(27)] bool IsUnsecured = false);

/// <summary>The facility's lines as LTV in millionths; exactly at a line is no breach.</summary>
[GenerateSerializer, Immutable, Alias("earmark.lines-view")]
public sealed record LinesView(
    [property: Id(0)] long DrawPpm,
    [property: Id(1)] long WarningPpm,
    [property: Id(2)] long MarginCallPpm,
    [property: Id(3)] long LiquidationPpm,
    [property: Id(4)] long HysteresisPpm);

/// <summary>One row of the value: a class, grade and zone of a site, step by step.</summary>
[GenerateSerializer, Immutable, Alias("earmark.factor-row")]
public sealed record FactorRow(
    [property: Id(0)] string SiteId,
    [property: Id(1)] string PriceClass,
    [property: Id(2)] string Grade,
    [property: Id(3)] string Zone,
    [property: Id(4)] int Count,
    [property: Id(5)] long QuantityGrams,
    [property: Id(6)] long AfterHealthGrams,
    [property: Id(7)] long AfterFreshnessGrams,
    [property: Id(8)] long AfterConfidenceGrams,
    [property: Id(9)] long? FenPerTonne,
    [property: Id(10)] int HaircutPpm,
    [property: Id(11)] long MarketValueFen,
    [property: Id(12)] long EligibleValueFen,
    [property: Id(13)] string? Reason);

/// <summary>Where a value comes from: the journal position of each site it rests on.</summary>
[GenerateSerializer, Immutable, Alias("earmark.site-standing")]
public sealed record SiteStanding(
    [property: Id(0)] string SiteId,
    [property: Id(1)] long Epoch,
    [property: Id(2)] long Position,
    [property: Id(3)] DateTimeOffset AsOf,
    [property: Id(4)] DateTimeOffset ValidUntil,
    [property: Id(5)] DateTimeOffset? UnobservedSince);

/// <param name="State">opened, called, cured, enforced, withdrawn.</param>
[GenerateSerializer, Immutable, Alias("earmark.margin-call-view")]
public sealed record MarginCallView(
    [property: Id(0)] string MarginCallId,
    [property: Id(1)] string FacilityId,
    [property: Id(2)] string State,
    [property: Id(3)] DateTimeOffset OpenedAt,
    [property: Id(4)] DateTimeOffset? EndedAt,
    [property: Id(5)] long DebtFen,
    [property: Id(6)] long EligibleValueFen,
    [property: Id(7)] long? LtvPpm,
    [property: Id(8)] long ShortfallFen,
    [property: Id(9)] DateTimeOffset CureBy,
    [property: Id(10)] MarginCallReason[] Reasons);

/// <summary>A reason behind a shortfall with the assets it names.</summary>
[GenerateSerializer, Immutable, Alias("earmark.margin-call-reason")]
public sealed record MarginCallReason(
    [property: Id(0)] string Reason,
    [property: Id(1)] int Count,
    [property: Id(2)] string[] AssetIds,
    [property: Id(3)] string Detail);
