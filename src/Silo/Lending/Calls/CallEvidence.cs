using System.Globalization;
using Earmark.Contracts.Sites;
using Earmark.Finance;
using Earmark.Silo.Lending.Cover;

namespace Earmark.Silo.Lending.Calls;

/// <summary>
/// The evidence behind margin calls: which reasons, naming which assets, took the cover from where it last was clear over the
/// line, and whether that evidence was later retracted. Pure.
/// </summary>
internal static class CallEvidence
{
    /// <summary>The reasons of an opening: what changed since the cover was last clear (since nothing, after a restart).</summary>
    public static List<CallReason> OfOpening(IReadOnlyList<CoverReason> changes, CoverStep now, IReadOnlySet<string> excludedBefore)
    {
        var reasons = new List<CallReason>();
        foreach (var change in changes.Where(change => !IsSameLossAgain(change, changes)))
        {
            reasons.Add(Reason(change, NewIds(change, now.Excluded, excludedBefore), now, atOpening: true));
        }

        return reasons;
    }

    /// <summary>Assets that were excluded while the call was open, beyond those it names.</summary>
    public static List<CallReason> SinceOpening(IReadOnlyList<CallReason> named, CoverStep now, IReadOnlySet<string> excludedBefore)
    {
        var known = named.SelectMany(reason => reason.AssetIds).ToHashSet(StringComparer.Ordinal);
        known.UnionWith(excludedBefore);
        var added = new List<CallReason>();
        foreach (var excluded in now.Excluded)
        {
            var ids = excluded.AssetIds.Where(known.Add).ToArray();
            if (ids.Length > 0)
            {
                var grams = excluded.QuantityGrams / Math.Max(1, excluded.Count) * ids.Length;
                var change = new CoverReason(CoverReasonCodes.ExcludedPrefix + excluded.Reason, excluded.PriceClass, excluded.Grade, ids.Length, grams, Money.Zero);
                added.Add(Reason(change, ids, now, atOpening: false));
            }
        }

        return added;
    }

    /// <summary>
    /// Whether the opening, with what is known now, would not have crossed the line: the excluded assets it named that are no
    /// longer excluded, and count again, are worth enough. Price, payment and more collateral are not asked: those cure.
    /// </summary>
    public static bool IsRetracted(IReadOnlyList<CallReason> named, Money debtThen, Money eligibleThen, CoverStep now, CoverTerms terms)
    {
        var excludedNow = IdsOf(now.Excluded);
        var restored = Money.Zero;
        foreach (var reason in named.Where(reason => reason.AtOpening && reason.AssetIds.Length > 0))
        {
            var back = reason.AssetIds.Count(id => !excludedNow.Contains(id));
            if (back > 0 && CountedNow(now, reason) >= reason.CountedThen + back && terms.Find(reason.PriceClass) is { } classTerms)
            {
                var worth = new Money(checked((long)((Int128)reason.LostFen * back / reason.AssetIds.Length)));
                restored += worth.Times(classTerms.Haircut.Complement, Rounding.Down);
            }
        }

        return restored.IsPositive && Finance.Cover.LtvOf(debtThen, eligibleThen + restored) is { } ltv && ltv <= terms.Lines.MarginCall.Value;
    }

    public static HashSet<string> IdsOf(IEnumerable<ExcludedQuantity> excluded) =>
        excluded.SelectMany(one => one.AssetIds).ToHashSet(StringComparer.Ordinal);

    // Thirty dead are named as dead; that their quantity fell says the same loss again.
    private static bool IsSameLossAgain(CoverReason change, IReadOnlyList<CoverReason> changes) =>
        change.Code == CoverChange.QuantityFell
        && changes.Where(other => other.Code.StartsWith(CoverReasonCodes.ExcludedPrefix, StringComparison.Ordinal)
            && other.PriceClass == change.PriceClass && other.Grade == change.Grade).Sum(other => other.Count) >= change.Count;

    private static string[] NewIds(CoverReason change, IEnumerable<ExcludedQuantity> excluded, IReadOnlySet<string> before) =>
        !change.Code.StartsWith(CoverReasonCodes.ExcludedPrefix, StringComparison.Ordinal) ? [] :
        [.. excluded.Where(one => one.Reason == NameOf(change.Code) && one.PriceClass == change.PriceClass && one.Grade == change.Grade)
            .SelectMany(one => one.AssetIds).Where(id => !before.Contains(id))];

    private static CallReason Reason(CoverReason change, string[] ids, CoverStep now, bool atOpening)
    {
        var what = string.Join('/', new[] { change.PriceClass, change.Grade }.Where(word => word.Length > 0));
        var kilograms = (change.QuantityGrams / 1_000).ToString(CultureInfo.InvariantCulture);
        var detail = change.QuantityGrams > 0 ? $"{what}: {change.Count}, {kilograms} kg, {change.Lost} CNY" : $"{change.Lost} CNY";
        var counted = now.Cover.Rows.Where(row => row.Quantity.PriceClass == change.PriceClass && row.Quantity.Grade == change.Grade).Sum(row => row.Quantity.Count);
        return new CallReason(NameOf(change.Code), change.Count, ids, detail, change.PriceClass, change.Grade, change.Lost.Fen, counted, atOpening);
    }

    private static int CountedNow(CoverStep now, CallReason reason) =>
        now.Cover.Rows.Where(row => row.Quantity.PriceClass == reason.PriceClass && row.Quantity.Grade == reason.Grade).Sum(row => row.Quantity.Count);

    private static string NameOf(string code) =>
        code.StartsWith(CoverReasonCodes.ExcludedPrefix, StringComparison.Ordinal) ? code[CoverReasonCodes.ExcludedPrefix.Length..] : code;
}
