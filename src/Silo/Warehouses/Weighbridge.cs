using Earmark.FirmwareProtocols.WarehouseScale;
using Earmark.Silo.Sites.Stations;
using Earmark.Valuation;

namespace Earmark.Silo.Warehouses;

/// <summary>
/// Takes what scales show. Only a stable weight of a known lot with a purpose changes anything; sums do not depend on the order
/// of weighings. What was announced by a transfer is not counted a second time when it comes over the scale.
/// </summary>
internal sealed class Weighbridge(LotBook lots, UnmatchedWeighings unmatched)
{
    public void Take(SiteDevice scale, in ScaleReading reading, uint second, long position)
    {
        if (!reading.IsStable || reading.Purpose == ScalePurpose.Continuous || reading.NetWholeGrams is not { } net || net <= 0)
        {
            return;
        }

        var purpose = NameOf(reading.Purpose);
        var lot = reading.Reference.IsEmpty ? null : lots.Scanned(reading.Reference.ToString());
        if (lot is null || lot.Gone)
        {
            unmatched.Add(new UnmatchedWeighing(position, second, scale.Id, purpose, reading.Reference.ToString(), net));
            return;
        }

        // What a scale with an opened housing shows may lower a quantity, never raise it.
        if (IsShownAgain(lot, scale.Id, purpose, net, second) || (scale.Tampered && reading.Purpose == ScalePurpose.Inbound))
        {
            return;
        }

        Weigh(lot, reading.Purpose, net, second);
        lot.Weighings.Add(new LotWeighing(position, second, scale.Id, purpose, net));
        if (lot.Weighings.Count > LotWeighing.Kept)
        {
            lot.Weighings.RemoveAt(0);
        }

        if (second >= lot.WeighedAt)
        {
            lot.WeighedAt = second;
            lot.ScaleId = scale.Id;
        }
    }

    /// <summary>Transfers that no scale saw in time stand with their own figures.</summary>
    public static void Settle(Lot lot, uint now)
    {
        lot.WeighedOutGrams += SettledGrams(lot.Leaving, now);
        lot.WeighedInGrams += SettledGrams(lot.Arriving, now);
    }

    private void Weigh(Lot lot, ScalePurpose purpose, long net, uint second)
    {
        switch (purpose)
        {
            case ScalePurpose.Inbound:
                lot.WeighedInGrams += net;
                Consume(lot.Arriving, net, second, dropsRest: true);
                break;
            case ScalePurpose.Outbound:
                lot.WeighedOutGrams += net;
                Consume(lot.Leaving, net, second, dropsRest: false);
                break;
            case ScalePurpose.Check when second >= lot.CheckedAt:
                lot.CheckedAt = second;
                lot.ShortfallGrams = 0;
                lot.ShortfallGrams = Math.Max(0, lot.InGrams - lot.OutGrams - net);
                break;
        }
    }

    // The oldest announced parts first. When goods come in, a rest that is less than a scale explains is not expected any more.
    private static void Consume(List<Unweighed> parts, long net, uint second, bool dropsRest)
    {
        for (var at = 0; at < parts.Count && net > 0;)
        {
            var part = parts[at];
            if (Math.Abs((long)second - part.Since) > Unweighed.WithinSeconds)
            {
                at++;
                continue;
            }

            var rest = part.Grams - Math.Min(part.Grams, net);
            net -= part.Grams - rest;
            if (rest == 0 || (dropsRest && LotParameters.Default.GapTolerance.OfGrams(part.Grams) >= rest))
            {
                parts.RemoveAt(at);
            }
            else
            {
                parts[at++] = part with { Grams = rest };
            }
        }
    }

    private static long SettledGrams(List<Unweighed> parts, uint now)
    {
        var settled = parts.Where(part => now > part.Since + Unweighed.WithinSeconds).Sum(part => part.Grams);
        parts.RemoveAll(part => now > part.Since + Unweighed.WithinSeconds);
        return settled;
    }

    private static bool IsShownAgain(Lot lot, string scale, string purpose, long net, uint second) =>
        lot.Weighings.Exists(before => before.ScaleId == scale && before.Purpose == purpose && before.NetGrams == net
            && Math.Abs((long)second - before.Second) <= LotWeighing.SameLoadSeconds);

    private static string NameOf(ScalePurpose purpose) => purpose switch
    {
        ScalePurpose.Inbound => "inbound",
        ScalePurpose.Outbound => "outbound",
        _ => "check",
    };
}
