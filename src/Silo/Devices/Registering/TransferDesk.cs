using Earmark.Contracts;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Storage.Book;

namespace Earmark.Silo.Devices.Registering;

/// <summary>
/// Goods, or an animal, from one site to another: the pledge follows in the Book, the giver lets go, the taker takes over, the giver forgets.
/// Every step has an id of its own, so a transfer that was cut off is carried on by repeating it. Pledged goods are closed by
/// the facility once it has seen both sides; closing earlier would let their value dip.
/// </summary>
internal sealed class TransferDesk(IRegister register, ILendingBook lending, IGrainFactory grains, DomainClock clock, string institutionId)
{
    private const string Animal = "animal";

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

        if (WhyNot(order, IsRanch(from), IsRanch(to)) is { } wrong)
        {
            return wrong;
        }

        if (AssetDeclarations.UnknownZone(to, [order.ToZone]) is { } strange)
        {
            return strange;
        }

        // Read once, before anything moves: a repetition finds the pledge of what is left, or of what was taken already.
        var pledge = await lending.ActivePledgeAsync(order.AssetId, CancellationToken.None)
            ?? await lending.ActivePledgeAsync(order.ToAssetId, CancellationToken.None);
        var (giver, taker) = (grains.Site((SiteKind)from.Kind, from.SiteId), grains.Site((SiteKind)to.Kind, to.SiteId));
        var give = new GiveTransfer($"{order.TransferId}/give", order.By, order.TransferId, order.AssetId, order.QuantityGrams, order.ToSiteId);

        // Both are asked first: what one lets go and the other won't have would be under way for ever.
        var animal = IsRanch(from) ? (await giver.Asset(order.AssetId))?.Passport : null;
        if (await giver.WhyNot(give) is { } notGiven)
        {
            return notGiven;
        }

        if (await taker.WhyNot(Take(order, asset, pledge, 0, animal)) is { } notTaken)
        {
            return notTaken;
        }

        if (await Receive(order, asset, to) is { } refused)
        {
            return refused;
        }

        if (pledge is not null && await Follow(order, pledge, fromIsEmpty: false) is { Accepted: false } notFollowed)
        {
            return notFollowed;
        }

        return await Move(order, asset, pledge, give, giver, taker);
    }

    private static bool IsRanch(SiteRow site) => (SiteKind)site.Kind == SiteKind.Ranch;

    private static CommandReceipt? WhyNot(TransferOrder order, bool fromRanch, bool toRanch) =>
        order.FromSiteId == order.ToSiteId || !Names.IsValid(order.ToAssetId) || order.ToAssetId == order.AssetId
            ? CommandReceipt.Refuse("bad-transfer", "It goes to another site, under an id of its own there.")
        : fromRanch != toRanch ? CommandReceipt.Refuse("wrong-site-kind", "Animals go from ranch to ranch, goods between warehouses and fleets.")
        : fromRanch && order.QuantityGrams != 0 ? CommandReceipt.Refuse("bad-transfer", "An animal goes whole: no quantity is named.")
        : !fromRanch && order.QuantityGrams <= 0 ? CommandReceipt.Refuse("bad-transfer", "Goods weigh something: the quantity is missing.")
        : null;

    private async Task<CommandReceipt> Move(
        TransferOrder order, AssetRow asset, PledgeRow? pledge, GiveTransfer give, ISiteGrain giver, ISiteGrain taker)
    {
        var given = await giver.SubmitPatiently(give);
        if (!given.Accepted)
        {
            return given;
        }

        var animal = asset.Kind == Animal ? (await giver.Asset(order.AssetId))?.Passport : null;
        if (asset.Kind == Animal && animal is null)
        {
            return CommandReceipt.Refuse("transfer-known", $"{order.TransferId} was carried out and is forgotten.");
        }

        var taken = await taker.SubmitPatiently(Take(order, asset, pledge, given.Position, animal));
        if (!taken.Accepted)
        {
            return taken;
        }

        if (pledge is null && await giver.SubmitPatiently(new CloseTransfer($"{order.TransferId}/close", order.By, order.TransferId)) is { Accepted: false } notClosed)
        {
            return notClosed;
        }

        return animal is not null || await LeftNothing(giver, order.AssetId) ? await Leave(order, pledge, animal?.Animal.Tag, taken) : taken;
    }

    private static TakeTransfer Take(TransferOrder order, AssetRow asset, PledgeRow? pledge, long givenPosition, AnimalPassport? animal) => new(
        $"{order.TransferId}/take",
        order.By,
        order.TransferId,
        order.FromSiteId,
        order.ToAssetId,
        asset.PriceClass,
        asset.Grade,
        order.ToZone,
        animal?.QuantityGrams ?? order.QuantityGrams,
        pledge?.FacilityId,
        pledge?.RegistrationNumber,
        givenPosition,
        animal);

    /// <summary>Nothing is left at the giver: its pledge and its device's binding end with it; an animal's tag goes on with it.</summary>
    private async Task<CommandReceipt> Leave(TransferOrder order, PledgeRow? pledge, string? tag, CommandReceipt taken)
    {
        if (pledge is not null && await Follow(order, pledge, fromIsEmpty: true) is { Accepted: false } notLeft)
        {
            return notLeft;
        }

        var now = clock.GetUtcNow();
        await register.EndAssetsAsync([order.AssetId], "transferred", now, CancellationToken.None);
        await register.UnbindAsync(order.AssetId, "transferred", now, CancellationToken.None);
        if (tag is not null)
        {
            await register.MoveDeviceAsync(tag, order.ToSiteId, CancellationToken.None);
            await register.BindAsync([new BindingRow(order.ToAssetId, tag, now, null, "transferred")], CancellationToken.None);
            await grains.GetGrain<IEarTagGrain>(tag).Reload();
        }

        return taken;
    }

    private async Task<CommandReceipt?> Receive(TransferOrder order, AssetRow asset, SiteRow to)
    {
        var kind = (SiteKind)to.Kind switch { SiteKind.Fleet => "shipment", SiteKind.Warehouse => "lot", _ => Animal };
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
