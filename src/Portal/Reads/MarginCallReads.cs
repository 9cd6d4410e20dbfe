using System.Text.Json;
using Earmark.Contracts.Lending;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;

namespace Earmark.Portal.Reads;

/// <summary>One margin call of a facility the viewer may see.</summary>
public sealed class MarginCallReads(ILendingBook book)
{
    private const string Mark = "-call-";

    /// <summary>
    /// Found through its facility, whose id its own begins with. Null when there is none or it is not the viewer's to see.
    /// </summary>
    public async Task<MarginCallRow?> FindAsync(Viewer viewer, string marginCallId, CancellationToken cancel)
    {
        var facilityId = FacilityOf(marginCallId);
        if (facilityId is null || await book.FacilityAsync(facilityId, cancel) is not { } state
            || !viewer.MaySeeFacility(state.Facility.InstitutionId, state.Facility.BorrowerId))
        {
            return null;
        }

        var calls = await book.MarginCallsAsync(viewer.InstitutionId, facilityId, openOnly: false, 0, PortalLimits.ListMaximum, cancel);
        return calls.FirstOrDefault(call => call.MarginCallId == marginCallId);
    }

    /// <summary>One line a reason, whatever classes it touches. Empty for what is not readable: the call itself must stay in sight.</summary>
    public static IReadOnlyList<MarginCallReason> ReasonsOf(MarginCallRow call)
    {
        try
        {
            var kept = JsonSerializer.Deserialize<MarginCallReason[]>(call.Reasons, JsonSerializerOptions.Web) ?? [];
            return [.. kept.GroupBy(reason => reason.Reason, StringComparer.Ordinal).Select(group => new MarginCallReason(
                group.Key,
                group.Sum(reason => reason.Count),
                [.. group.SelectMany(reason => reason.AssetIds ?? []).Distinct(StringComparer.Ordinal)],
                string.Join("; ", group.Select(reason => reason.Detail))))];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string? FacilityOf(string marginCallId)
    {
        var mark = marginCallId.LastIndexOf(Mark, StringComparison.Ordinal);
        return mark > 0 && Contracts.Names.IsValid(marginCallId[..mark]) ? marginCallId[..mark] : null;
    }
}
