namespace Earmark.Contracts.Lending;

/// <summary>What might be done to a facility; every part may be left out, and all that are there hold together. It authorises nothing.</summary>
/// <param name="DrawFen">分 to be drawn; 0 for none.</param>
/// <param name="SiteId">Where the assets are that would be released; empty for none.</param>
/// <param name="Prices">Set from now on, before anything is counted; effective times are passed over.</param>
/// <param name="Parameters">In place of the facility's own; null to keep them.</param>
[GenerateSerializer, Immutable, Alias("earmark.what-if-question")]
public sealed record WhatIfQuestion(
    [property: Id(0)] long DrawFen,
    [property: Id(1)] string SiteId,
    [property: Id(2)] string[] AssetIds,
    [property: Id(3)] PriceLine[] Prices,
    [property: Id(4)] ParameterChange? Parameters);

/// <summary>What is null stays as it is.</summary>
[GenerateSerializer, Immutable, Alias("earmark.parameter-change")]
public sealed record ParameterChange(
    [property: Id(0)] int? HaircutPpm,
    [property: Id(1)] int? AdvanceRatePpm,
    [property: Id(2)] LinesView? Lines);

/// <param name="Reason">Why there is no answer: not-pledged, bad-parameters; null when there is one.</param>
/// <param name="Refusals">For what a draw or release of this kind would be refused now; empty too where neither was asked.</param>
/// <param name="CurePaymentFen">Pay this much, or add <paramref name="CureAddedValueFen"/> of eligible value, to be back at the warning line; both 0 where nothing is beyond the margin-call line.</param>
[GenerateSerializer, Immutable, Alias("earmark.what-if-answer")]
public sealed record WhatIfAnswer(
    [property: Id(0)] string? Reason,
    [property: Id(1)] string? Detail,
    [property: Id(2)] WhatIfFigures? Before,
    [property: Id(3)] WhatIfFigures? After,
    [property: Id(4)] string[] Refusals,
    [property: Id(5)] long CurePaymentFen,
    [property: Id(6)] long CureAddedValueFen,
    [property: Id(7)] long PriceVersion,
    [property: Id(8)] DateTimeOffset AsOf);

/// <param name="LtvPpm">Null with debt and no eligible value: beyond every line.</param>
/// <param name="LineState">With its hysteresis, from where the facility stands.</param>
[GenerateSerializer, Immutable, Alias("earmark.what-if-figures")]
public sealed record WhatIfFigures(
    [property: Id(0)] long DebtFen,
    [property: Id(1)] long MarketValueFen,
    [property: Id(2)] long EligibleValueFen,
    [property: Id(3)] long BorrowingBaseFen,
    [property: Id(4)] long? LtvPpm,
    [property: Id(5)] string LineState,
    [property: Id(6)] string[] Reasons);
