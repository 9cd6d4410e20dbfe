using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Silo.Lending.Cover;
using Earmark.Storage.Book;

namespace Earmark.Silo.Lending.Pledging;

/// <summary>质押: what may be pledged, the commit that locks it, and pledges that follow goods to another site.</summary>
internal static class Pledges
{
    public const int MaximumRegistrationNumber = 64;

    /// <summary>How long a site may take to show a pledge before it is told again.</summary>
    public static readonly TimeSpan ToldWithin = TimeSpan.FromMinutes(2);

    public static async Task<CommandReceipt?> WhyNot(IRegister register, FacilityBook book, SiteRow? site, PledgeOrder order)
    {
        if (site is null || site.InstitutionId != book.Row.InstitutionId)
        {
            return CommandReceipt.Refuse("unknown-site", $"No site {order.SiteId}.");
        }

        if (order.AssetIds.Length is 0 or > SiteLimits.AssetsPerCommand || order.AssetIds.Distinct(StringComparer.Ordinal).Count() != order.AssetIds.Length)
        {
            return CommandReceipt.Refuse("bad-assets", $"1 to {SiteLimits.AssetsPerCommand} assets at a time, each once.");
        }

        if (order.RegistrationNumber.Length > MaximumRegistrationNumber)
        {
            return CommandReceipt.Refuse("bad-registration-number", $"A registration number has at most {MaximumRegistrationNumber} characters.");
        }

        var rows = await register.AssetsByIdAsync(order.AssetIds, CancellationToken.None);
        var held = rows.Where(row => row.SiteId == site.SiteId && row.EndedAt is null).Select(row => row.AssetId).ToHashSet(StringComparer.Ordinal);
        var strange = Array.Find(order.AssetIds, id => !held.Contains(id));
        return strange is null ? null : CommandReceipt.Refuse("unknown-asset", $"{site.SiteId} holds no {strange}.");
    }

    /// <summary>What is pledged already, here or elsewhere, the commit itself refuses.</summary>
    public static (LendingDecision, CommandReceipt) Decide(FacilityBook book, CoverStep step, long priceVersion, PledgeOrder order, string decisionId)
    {
        var receipt = new CommandReceipt(true, null, null, 0);
        var inputs = DecisionInputs.Of(Decisions.OrderJson(order), step, priceVersion);
        var rows = order.AssetIds.Select(id => new PledgeRow(id, book.Row.FacilityId, order.SiteId, order.RegistrationNumber, step.Cover.AsOf, null));
        return (Decisions.Of(book, decisionId, "pledge", accepted: true, inputs, receipt, order.By) with { NewPledges = [.. rows] }, receipt);
    }

    /// <param name="given">The giver's pledge here; null when there is none (any more).</param>
    /// <param name="taken">The taker's, the same way.</param>
    public static (LendingDecision, CommandReceipt) Follow(
        FacilityBook book, CoverStep step, long priceVersion, PledgeTransfer transfer, string decisionId, PledgeRow? given, PledgeRow? taken)
    {
        var isKnown = given is not null || taken is not null;
        var receipt = isKnown ? new CommandReceipt(true, null, null, 0) : CommandReceipt.Refuse("not-pledged", $"{transfer.FromAssetId} is not pledged here.");
        var inputs = DecisionInputs.Of(Decisions.OrderJson(transfer), step, priceVersion);
        var decision = Decisions.Of(book, decisionId, "follow", isKnown, inputs, receipt, transfer.By) with
        {
            NewPledges = !transfer.FromIsEmpty && given is not null && taken is null
                ? [given with { AssetId = transfer.ToAssetId, SiteId = transfer.ToSiteId, PledgedAt = step.Cover.AsOf }]
                : [],
            ReleasedAssetIds = transfer.FromIsEmpty && given is not null ? [transfer.FromAssetId] : [],
        };
        return (decision, receipt);
    }

    /// <summary>Sites that seem not to know of pledges the Book has: they report none, or fewer than are pledged.</summary>
    public static IEnumerable<string> Untold(FacilityBook book, IReadOnlyCollection<CollateralReport> reports, bool isLate, DateTimeOffset now)
    {
        var shown = reports.ToDictionary(report => report.SiteId, Shown, StringComparer.Ordinal);
        return book.Sites.Where(site => now - site.NewestAt >= ToldWithin)
            .Where(site => shown.TryGetValue(site.SiteId, out var count) ? count < site.Assets : isLate)
            .Select(site => site.SiteId);
    }

    public static IEnumerable<PledgeAssets> Again(FacilityBook book, string siteId, IReadOnlyList<PledgeRow> pledges) =>
        pledges.GroupBy(pledge => pledge.RegistrationNumber, StringComparer.Ordinal)
            .SelectMany(group => group.Chunk(SiteLimits.AssetsPerCommand))
            .Select((chunk, at) => new PledgeAssets(
                $"pledge-again/{book.Row.FacilityId}/{siteId}/{book.Row.Version}/{at}",
                "earmark",
                book.Row.FacilityId,
                [.. chunk.Select(pledge => pledge.AssetId)],
                chunk[0].RegistrationNumber));

    private static int Shown(CollateralReport report) =>
        report.Rows.Sum(row => row.Count) + report.Excluded.Sum(excluded => excluded.Count) + report.Outgoing.Sum(line => line.Row.Count);
}
