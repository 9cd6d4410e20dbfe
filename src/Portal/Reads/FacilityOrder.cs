using Earmark.Contracts.Lending;

namespace Earmark.Portal.Reads;

/// <summary>Orders of a list of facilities. LTV: with debt and nothing that counts comes beyond every figure.</summary>
public static class FacilityOrder
{
    public static IReadOnlyList<FacilityView> Sort(IEnumerable<FacilityView> views, string sort, bool descending)
    {
        var sorted = sort switch
        {
            "facility" => By(views, view => view.FacilityId, descending),
            "borrower" => By(views, view => view.BorrowerName, descending),
            "debt" => By(views, view => view.DebtFen, descending),
            "value" => By(views, view => view.EligibleValueFen, descending),
            "as-of" => By(views, view => view.AsOf, descending),
            _ => By(views, view => view.LtvPpm ?? long.MaxValue, descending),
        };
        return [.. sorted.ThenBy(view => view.FacilityId, StringComparer.Ordinal)];
    }

    private static IOrderedEnumerable<FacilityView> By<T>(IEnumerable<FacilityView> views, Func<FacilityView, T> key, bool descending) =>
        descending ? views.OrderByDescending(key) : views.OrderBy(key);
}
