using Earmark.Contracts.Sites;
using Orleans.Concurrency;

namespace Earmark.Contracts.Lending;

/// <summary>
/// One credit facility (授信额度). Key: its id. It has no state of its own: it loads from the Book, writes only to it,
/// and keeps the newest report of each pledged site in memory. A preview never authorises; execution recomputes.
/// </summary>
[Alias("earmark.facility")]
public interface IFacilityGrain : IGrainWithStringKey
{
    /// <summary>Takes a site's report; an older (epoch, position, revision) changes nothing.</summary>
    [Alias("report"), AlwaysInterleave]
    ValueTask Report(CollateralReport report);

    /// <summary>Re-evaluates at <paramref name="now"/>: staleness, lines, margin call, accrual seams. Called by the keeper.</summary>
    [Alias("tick")]
    ValueTask Tick(DateTimeOffset now);

    /// <summary>A newer price version stands in the Book.</summary>
    [Alias("prices-changed")]
    ValueTask PricesChanged(PriceTable prices);

    [Alias("view"), AlwaysInterleave]
    ValueTask<FacilityView?> View();

    [Alias("pledge")]
    ValueTask<CommandReceipt> Pledge(PledgeOrder order);

    [Alias("release")]
    ValueTask<CommandReceipt> Release(ReleaseOrder order);

    /// <summary>A pledged asset goes to another site of the institution under another id: the pledge follows it, in the Book, before the taker counts it.</summary>
    [Alias("follow")]
    ValueTask<CommandReceipt> Follow(PledgeTransfer transfer);

    /// <summary>Refused with a reason (stale, unknown, unobserved, price-on-ramp, would-breach, over-limit …); nothing is written then but the audit line.</summary>
    [Alias("draw")]
    ValueTask<MoneyReceipt> Draw(DrawOrder order);

    [Alias("repay")]
    ValueTask<MoneyReceipt> Repay(RepaymentOrder order);

    /// <summary>What would stand after a draw, a release, other prices or other parameters. Moves and authorises nothing; null where there is no such facility.</summary>
    [Alias("what-if")]
    ValueTask<WhatIfAnswer?> WhatIf(WhatIfQuestion question);
}

/// <param name="OrderId">Made by the caller before the first try; the same id with the same body answers with the first result.</param>
[GenerateSerializer, Immutable, Alias("earmark.pledge-order")]
public sealed record PledgeOrder(
    [property: Id(0)] string OrderId,
    [property: Id(1)] string By,
    [property: Id(2)] string SiteId,
    [property: Id(3)] string[] AssetIds,
    [property: Id(4)] string RegistrationNumber);

[GenerateSerializer, Immutable, Alias("earmark.release-order")]
public sealed record ReleaseOrder(
    [property: Id(0)] string OrderId,
    [property: Id(1)] string By,
    [property: Id(2)] string SiteId,
    [property: Id(3)] string[] AssetIds);

/// <param name="FromIsEmpty">False before the taker takes: the new asset is pledged too. True when nothing is left at the giver: its pledge ends.</param>
[GenerateSerializer, Immutable, Alias("earmark.pledge-transfer")]
public sealed record PledgeTransfer(
    [property: Id(0)] string TransferId,
    [property: Id(1)] string By,
    [property: Id(2)] string FromAssetId,
    [property: Id(3)] string ToAssetId,
    [property: Id(4)] string ToSiteId,
    [property: Id(5)] bool FromIsEmpty);

[GenerateSerializer, Immutable, Alias("earmark.draw-order")]
public sealed record DrawOrder(
    [property: Id(0)] string OrderId,
    [property: Id(1)] string By,
    [property: Id(2)] long AmountFen,
    [property: Id(3)] string Payee,
    [property: Id(4)] int Instalments,
    [property: Id(5)] DateOnly FirstDueOn);

[GenerateSerializer, Immutable, Alias("earmark.repayment-order")]
public sealed record RepaymentOrder(
    [property: Id(0)] string OrderId,
    [property: Id(1)] string By,
    [property: Id(2)] string LoanId,
    [property: Id(3)] long AmountFen);

[GenerateSerializer, Immutable, Alias("earmark.money-receipt")]
public sealed record MoneyReceipt(
    [property: Id(0)] bool Accepted,
    [property: Id(1)] string? Reason,
    [property: Id(2)] string? Detail,
    [property: Id(3)] string? LoanId,
    [property: Id(4)] string? TransferId);
