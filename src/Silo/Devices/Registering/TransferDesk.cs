using Earmark.Contracts;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Storage.Book;

namespace Earmark.Silo.Devices.Registering;

/// <summary>
/// Goods from one site to another: the pledge follows in the Book, the giver lets go, the taker takes over, the giver forgets.
/// Every step has an id of its own, so a transfer that was cut off is carried on by repeating it. Pledged goods are closed by
/// the facility once it has seen both sides; closing earlier would let their value dip.
/// </summary>
internal sealed class TransferDesk(IRegister register, ILendingBook lending, IGrainFactory grains, DomainClock clock, string institutionId)
{
    public async Task<CommandReceipt> Carry(TransferOrder order)
    {
        var from = await register.SiteAsync(order.FromSiteId, CancellationToken.None);
        var to = await register.SiteAsync(order.ToSiteId, CancellationToken.None);
        var asset = await register.AssetAsync(order.AssetId, CancellationToken.None);
        if (from is null || to is null || from.InstitutionId != institutionId || to.InstitutionId != institutionId)
        {
            return CommandReceipt.Refuse("unknown-site", "Both sites must be of this institution.");
        }

        if (asset is null || asset.SiteId != from.SiteId)
        {
            return CommandReceipt.Refuse("unknown-asset", $"{from.SiteId} holds no {order.AssetId}.");
        }

        if (order.QuantityGrams <= 0 || from.SiteId == to.SiteId || !Names.IsValid(order.ToAssetId) || order.ToAssetId == order.AssetId)
        {
            return CommandReceipt.Refuse("bad-transfer", "Goods go to another site, under an id of their own, and weigh something.");
        }

        if (await Receive(order, asset, to) is { } refused)
        {
            return refused;
        }

        // Read once, before anything moves: a repetition finds the pledge of what is left, or of what was taken already.
        var pledge = await lending.ActivePledgeAsync(order.AssetId, CancellationToken.None)
            ?? await lending.ActivePledgeAsync(order.ToAssetId, CancellationToken.None);
        if (pledge is not null && await Follow(order, pledge, fromIsEmpty: false) is { Accepted: false } notFollowed)
        {
            return notFollowed;
        }

        return await Move(order, asset, pledge, grains.Site((SiteKind)from.Kind, from.SiteId), grains.Site((SiteKind)to.Kind, to.SiteId));
    }

    private async Task<CommandReceipt> Move(TransferOrder order, AssetRow asset, PledgeRow? pledge, ISiteGrain giver, ISiteGrain taker)
    {
        var id = order.TransferId;
        var given = await giver.SubmitPatiently(new GiveTransfer($"{id}/give", order.By, id, order.AssetId, order.QuantityGrams, order.ToSiteId));
        if (!given.Accepted)
        {
            return given;
        }

        var taken = await taker.SubmitPatiently(new TakeTransfer(
            $"{id}/take", order.By, id, order.FromSiteId, order.ToAssetId, asset.PriceClass, asset.Grade, order.ToZone,
            order.QuantityGrams, pledge?.FacilityId, pledge?.RegistrationNumber, given.Position));
        if (!taken.Accepted)
        {
            return taken;
        }

        if (pledge is null && await giver.SubmitPatiently(new CloseTransfer($"{id}/close", order.By, id)) is { Accepted: false } notClosed)
        {
            return notClosed;
        }

        return await LeftNothing(giver, order.AssetId) ? await Leave(order, pledge, taken) : taken;
    }

    /// <summary>Nothing is left at the giver: its pledge and its device's binding end with it.</summary>
    private async Task<CommandReceipt> Leave(TransferOrder order, PledgeRow? pledge, CommandReceipt taken)
    {
        if (pledge is not null && await Follow(order, pledge, fromIsEmpty: true) is { Accepted: false } notLeft)
        {
            return notLeft;
        }

        var now = clock.GetUtcNow();
        await register.EndAssetsAsync([order.AssetId], "transferred", now, CancellationToken.None);
        await register.UnbindAsync(order.AssetId, "transferred", now, CancellationToken.None);
        return taken;
    }

    private async Task<CommandReceipt?> Receive(TransferOrder order, AssetRow asset, SiteRow to)
    {
        var kind = (SiteKind)to.Kind switch { SiteKind.Fleet => "shipment", SiteKind.Warehouse => "lot", _ => null };
        if (kind is null)
        {
            return CommandReceipt.Refuse("wrong-site-kind", "Animals are declared where they come to, not transferred by weight.");
        }

        var known = await register.AssetAsync(order.ToAssetId, CancellationToken.None);
        if (known is not null)
        {
            return known.SiteId == to.SiteId && known.Kind == kind
                ? null
                : CommandReceipt.Refuse("asset-of-another-site", $"{order.ToAssetId} is held elsewhere.");
        }

        var row = asset with { AssetId = order.ToAssetId, SiteId = to.SiteId, Kind = kind, AddedAt = clock.GetUtcNow(), EndedAt = null, EndedBecause = null };
        var elsewhere = await register.PutAssetsAsync([row], CancellationToken.None);
        return elsewhere.Count == 0 ? null : CommandReceipt.Refuse("asset-of-another-site", $"{order.ToAssetId} is held elsewhere.");
    }

    private ValueTask<CommandReceipt> Follow(TransferOrder order, PledgeRow pledge, bool fromIsEmpty) =>
        grains.GetGrain<IFacilityGrain>(pledge.FacilityId)
            .Follow(new PledgeTransfer(order.TransferId, order.By, order.AssetId, order.ToAssetId, order.ToSiteId, fromIsEmpty));

    private static async Task<bool> LeftNothing(ISiteGrain giver, string assetId) =>
        await giver.Asset(assetId) is not { Line.QuantityGrams: > 0 };
}
