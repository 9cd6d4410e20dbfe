namespace Earmark.Contracts.Sites;

/// <summary>
/// What one site holds for one facility: quantities only, absolute, one-way, newest (epoch, position, revision) wins.
/// Quantities stand as they will without news at <see cref="ValidUntil"/>, so until then they are never too high.
/// </summary>
/// <param name="Revision">Counts reports at one position (a report may be repeated or recomputed by the clock).</param>
/// <param name="UnobservedSince">No frame from any of the site's stations since then; draws stop. Null while observed.</param>
[GenerateSerializer, Immutable, Alias("earmark.collateral-report")]
public sealed record CollateralReport(
    [property: Id(0)] string SiteId,
    [property: Id(1)] string FacilityId,
    [property: Id(2)] long Epoch,
    [property: Id(3)] long Position,
    [property: Id(4)] long Revision,
    [property: Id(5)] DateTimeOffset AsOf,
    [property: Id(6)] DateTimeOffset ValidUntil,
    [property: Id(7)] DateTimeOffset? UnobservedSince,
    [property: Id(8)] QuantityRow[] Rows,
    [property: Id(9)] ExcludedQuantity[] Excluded,
    [property: Id(10)] TransferLine[] Outgoing,
    [property: Id(11)] TransferLine[] Accepted);

/// <summary>Cumulative quantities after each factor, so that each factor shows and the sum stays linear. All grams.</summary>
[GenerateSerializer, Immutable, Alias("earmark.quantity-row")]
public readonly record struct QuantityRow(
    [property: Id(0)] string PriceClass,
    [property: Id(1)] string Grade,
    [property: Id(2)] string Zone,
    [property: Id(3)] int Count,
    [property: Id(4)] long QuantityGrams,
    [property: Id(5)] long AfterHealthGrams,
    [property: Id(6)] long AfterFreshnessGrams,
    [property: Id(7)] long AfterConfidenceGrams);

/// <summary>Assets that count nothing, by reason; <see cref="AssetIds"/> names the first ones.</summary>
[GenerateSerializer, Immutable, Alias("earmark.excluded-quantity")]
public sealed record ExcludedQuantity(
    [property: Id(0)] string Reason,
    [property: Id(1)] string PriceClass,
    [property: Id(2)] string Grade,
    [property: Id(3)] int Count,
    [property: Id(4)] long QuantityGrams,
    [property: Id(5)] string[] AssetIds)
{
    public const int NamedAssets = 100;
}

/// <summary>
/// One transfer as one side sees it. The facility counts what the giver reports as outgoing only while the taker has not
/// accepted it, so goods under way are counted once. What the taker holds through a transfer counts only when the giver's
/// report is not from before it gave: else the goods would be counted at both.
/// </summary>
/// <param name="Row">On an outgoing line: what counts of it. On an accepted one its quantity is all that came, whatever became of it since.</param>
/// <param name="FromSiteId">On an accepted line: who gave. Empty on an outgoing one.</param>
/// <param name="GivenPosition">On an accepted line: the position of the giver's entry, from the transfer command.</param>
[GenerateSerializer, Immutable, Alias("earmark.transfer-line")]
public readonly record struct TransferLine(
    [property: Id(0)] string TransferId,
    [property: Id(1)] QuantityRow Row,
    [property: Id(2)] string FromSiteId = "",
    [property: Id(3)] long GivenPosition = 0);
