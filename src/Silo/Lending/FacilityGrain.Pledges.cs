using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Finance;
using Earmark.Silo.Lending.Cover;
using Earmark.Silo.Lending.Pledging;
using Earmark.Storage.Book;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Lending;

/// <summary>Pledges and releases. A pledge is in the Book before it counts; a release stops counting before the Book frees the asset.</summary>
public sealed partial class FacilityGrain
{
    private const int AskedAtOnce = 32;

    private readonly HashSet<string> repairedSites = new(StringComparer.Ordinal);
    private DateTimeOffset? firstTickAt;

    public async ValueTask<CommandReceipt> Pledge(PledgeOrder order)
    {
        if (WhyNoOrder(order.OrderId) is { } wrong)
        {
            return RefuseCommand(wrong);
        }

        var site = await register.SiteAsync(order.SiteId, CancellationToken.None);
        if (await Pledges.WhyNot(register, book!, site, order) is { } refused)
        {
            return refused;
        }

        var id = $"pledge/{Id}/{order.OrderId}";
        var inBook = await Once(id, Decisions.OrderJson(order), RefuseCommand, () => Pledges.Decide(book!, step!, watch.PriceVersion, order, id));
        return inBook.Accepted
            ? await Site(site!).SubmitPatiently(new PledgeAssets(id, order.By, Id, order.AssetIds, order.RegistrationNumber))
            : inBook;
    }

    public async ValueTask<CommandReceipt> Release(ReleaseOrder order)
    {
        if (WhyNoOrder(order.OrderId) is { } wrong)
        {
            return RefuseCommand(wrong);
        }

        var id = $"release/{Id}/{order.OrderId}";
        var orderJson = Decisions.OrderJson(order);
        if (await FirstAnswer(id, orderJson, RefuseCommand) is { } known)
        {
            return known;
        }

        var site = await register.SiteAsync(order.SiteId, CancellationToken.None);
        if (site is null || !await Releases.AreAllPledged(lending, Id, order))
        {
            return CommandReceipt.Refuse("not-pledged", $"Not every asset is pledged here at {order.SiteId}.");
        }

        var lines = await Ask(Site(site), order.AssetIds);
        var now = clock.GetUtcNow();
        Revalue(now);
        var after = watch.Compute(book!, Releases.Without(watch.Reports, order.SiteId, Id, lines), now);
        var decision = ReleaseRules.Decide(step!.Standing(watch.Line, book!.OpenCall is not null), after.Cover, book.Cover, now);
        if (!decision.IsGranted)
        {
            var reasons = string.Join(", ", decision.Refusals.Select(refusal => refusal.Code()));
            return await Once(id, orderJson, RefuseCommand, () => Releases.Refuse(book!, step!, watch.PriceVersion, order, id, decision.Refusals[0].Code(), reasons));
        }

        var released = await Site(site).SubmitPatiently(new ReleaseAssets(id, order.By, Id, order.AssetIds));
        return released.Accepted
            ? await Once(id, orderJson, RefuseCommand, () => Releases.Decide(book!, step!, watch.PriceVersion, order, id, released))
            : released;
    }

    public async ValueTask<CommandReceipt> Follow(PledgeTransfer transfer)
    {
        if (WhyNoOrder(transfer.TransferId) is { } wrong)
        {
            return RefuseCommand(wrong);
        }

        var id = $"follow/{Id}/{transfer.TransferId}/{(transfer.FromIsEmpty ? "left" : "taken")}";
        var given = await PledgedHere(transfer.FromAssetId);
        var taken = await PledgedHere(transfer.ToAssetId);
        return await Once(id, Decisions.OrderJson(transfer), RefuseCommand, () => Pledges.Follow(book!, step!, watch.PriceVersion, transfer, id, given, taken));
    }

    private async Task<PledgeRow?> PledgedHere(string assetId) =>
        await lending.ActivePledgeAsync(assetId, CancellationToken.None) is { } pledge && pledge.FacilityId == Id ? pledge : null;

    private ISiteGrain Site(SiteRow site) => GrainFactory.Site((SiteKind)site.Kind, site.SiteId);

    private static async Task<List<AssetLine>> Ask(ISiteGrain site, string[] assetIds)
    {
        var lines = new List<AssetLine>();
        foreach (var chunk in assetIds.Chunk(AskedAtOnce))
        {
            var details = await Task.WhenAll(chunk.Select(id => site.Asset(id).AsTask()));
            lines.AddRange(details.OfType<AssetDetail>().Select(detail => detail.Line));
        }

        return lines;
    }

    /// <summary>Once both sides of a transfer show here, its giver may forget it; the same command id makes repeating harmless.</summary>
    private async Task CloseTransfers()
    {
        foreach (var (giver, transferId) in TransferNetting.Closable(watch.Reports))
        {
            if (await register.SiteAsync(giver, CancellationToken.None) is { } site)
            {
                await Submit(site, new CloseTransfer($"{transferId}/close", "earmark", transferId));
            }
        }
    }

    /// <summary>
    /// A pledge that was committed but never reached its site (we stopped in between) is told again, once per activation:
    /// where a site shows fewer assets than are pledged, or nothing a minute after our first tick.
    /// </summary>
    private async Task RepairPledges(DateTimeOffset now)
    {
        firstTickAt ??= now;
        foreach (var siteId in Pledges.Untold(book!, watch.Reports, isLate: now - firstTickAt >= Pledges.ToldWithin, now))
        {
            if (repairedSites.Add(siteId) && await register.SiteAsync(siteId, CancellationToken.None) is { } site)
            {
                var pledges = await lending.ActivePledgesAsync(Id, siteId, CancellationToken.None);
                foreach (var command in Pledges.Again(book!, siteId, pledges))
                {
                    await Submit(site, command);
                }
            }
        }
    }

    private async Task Submit(SiteRow site, SiteCommand command)
    {
        try
        {
            var receipt = await Site(site).SubmitPatiently(command);
            log.LogInformation("Facility {Facility}: {Command} at {Site}: {Reason}", Id, command.CommandId, site.SiteId, receipt.Reason ?? "accepted");
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A site that is away must not stop the tick of the facility; a later tick tries again.
            log.LogWarning(failure, "Facility {Facility}: {Command} did not reach {Site}", Id, command.CommandId, site.SiteId);
        }
    }
}
