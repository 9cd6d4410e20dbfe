using System.Text.Json.Serialization;
using Earmark.Contracts.Sites;
using Earmark.Finance;

namespace Earmark.Silo.Sites.Transfers;

/// <summary>Goods under way as one side holds them.</summary>
/// <param name="OtherSiteId">To whom they were given, or from whom they were taken.</param>
/// <param name="CountedGrams">What of them counted when they were given, after health and confidence; freshness goes on from <paramref name="HeardAt"/>.</param>
/// <param name="Since">Unix second of the entry.</param>
/// <param name="HeardAt">Unix second in which the giver last heard of them.</param>
/// <param name="GivenPosition">Journal position of the giver's entry.</param>
/// <param name="Animal">At the giver of an animal: what goes with it. Absent from the state of goods.</param>
internal sealed record TransferHold(
    string TransferId,
    string FacilityId,
    string AssetId,
    string OtherSiteId,
    string PriceClass,
    string Grade,
    string Zone,
    long QuantityGrams,
    long CountedGrams,
    uint Since,
    uint HeardAt,
    long GivenPosition,
    bool Closed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AnimalPassport? Animal = null)
{
    /// <summary>After this long under way goods count nothing at the giver, whatever its ramp says; they are lost.</summary>
    public const int LostAfterSeconds = 7 * Seconds.Day;

    /// <summary>The taker tells of a transfer a day longer, so that there is no moment in which both count.</summary>
    public const int ToldForSeconds = 8 * Seconds.Day;

    /// <summary>As the giver reports it: what is under way wanes like anything else that is not heard of.</summary>
    public TransferLine Outgoing(Ramp freshness, uint second)
    {
        var fresh = HeardAt == 0 || second >= Since + LostAfterSeconds ? 0 : freshness.At(Math.Max(0L, (long)second - HeardAt)).OfGrams(CountedGrams);
        return new TransferLine(TransferId, new QuantityRow(PriceClass, Grade, Zone, 1, QuantityGrams, CountedGrams, fresh, fresh));
    }

    /// <summary>
    /// As the taker reports it: all that came, also when part of it went on from here, because so much an old report of the
    /// giver shows too much. Its factors are the giver's to know.
    /// </summary>
    public TransferLine Accepted() =>
        new(TransferId, new QuantityRow(PriceClass, Grade, Zone, 1, QuantityGrams, QuantityGrams, QuantityGrams, QuantityGrams), OtherSiteId, GivenPosition);
}
