using Earmark.Contracts;
using Earmark.Contracts.Sites;
using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Transfers;

namespace Earmark.Silo.Logistics;

/// <summary>Goods loaded from and unloaded to other sites. What a shipment took is what it carries, whatever was declared of it before.</summary>
internal sealed class ShipmentTransfers(FleetFold fold, ShipmentBook shipments)
{
    public CommandReceipt? Check(GiveTransfer give) =>
        !Names.IsValid(give.TransferId) ? CommandReceipt.Refuse("invalid-name", give.TransferId)
        : shipments.Find(give.AssetId) is not { } shipment ? CommandReceipt.Refuse("unknown-asset", give.AssetId)
        : fold.Core.Transfers.Given(give.TransferId) is not null ? CommandReceipt.Refuse("transfer-known", give.TransferId)
        : !fold.Core.Transfers.MayGive ? CommandReceipt.Refuse("too-many-transfers", $"At most {TransferList.MaximumOpen} are under way.")
        : shipment.Gone ? CommandReceipt.Refuse("asset-gone", give.AssetId)
        : give.QuantityGrams <= 0 || give.QuantityGrams > shipment.LoadedGrams
            ? CommandReceipt.Refuse("not-enough", $"{give.AssetId} carries {shipment.LoadedGrams} g.")
        : null;

    public CommandReceipt? Check(TakeTransfer take) =>
        !Names.IsValid(take.TransferId) || !Names.IsValid(take.AssetId) || !Names.IsValid(take.PriceClass) || take.QuantityGrams <= 0
            ? CommandReceipt.Refuse("invalid-name", take.AssetId)
        : fold.Core.Transfers.Taken(take.TransferId) is not null ? CommandReceipt.Refuse("transfer-known", take.TransferId)
        : !fold.Core.Transfers.MayTake ? CommandReceipt.Refuse("too-many-transfers", $"At most {TransferList.MaximumOpen} are under way.")
        : !SettingCommands.ZoneFits(fold.Core, take.Zone) ? CommandReceipt.Refuse("unknown-zone", take.Zone)
        : shipments.Find(take.AssetId) is { } shipment ? CheckKnown(shipment, take)
        : shipments.Count >= ShipmentBook.Maximum ? CommandReceipt.Refuse("site-full", $"At most {ShipmentBook.Maximum} shipments.")
        : null;

    public void Take(GiveTransfer give, long position)
    {
        if (shipments.Find(give.AssetId) is not { } shipment)
        {
            return;
        }

        var whole = fold.ValueWhenHeard(shipment, fold.Core.Now);
        var counted = whole.QuantityGrams == 0 ? 0 : (long)((Int128)whole.AfterConfidenceGrams * give.QuantityGrams / whole.QuantityGrams);
        fold.Core.Transfers.Give(new TransferHold(
            give.TransferId,
            fold.Core.Facilities[shipment.Facility],
            shipment.AssetId,
            give.ToSiteId,
            fold.Core.PriceClasses[shipment.PriceClass],
            fold.Core.Grades[shipment.Grade],
            fold.Core.Zones[shipment.Zone],
            give.QuantityGrams,
            counted,
            fold.Core.Now,
            shipment.LastHeard,
            position,
            false));
        shipment.GivenGrams += give.QuantityGrams;
        shipment.Position = position;
    }

    public void Take(TakeTransfer take, long position)
    {
        var shipment = shipments.Find(take.AssetId) ?? Make(take);
        shipment.TakenGrams += take.QuantityGrams;
        shipment.Position = position;
        if (take.FacilityId is { Length: > 0 } facility)
        {
            shipment.Facility = fold.Core.Facilities.Of(facility);
            shipment.Registered = !string.IsNullOrEmpty(take.RegistrationNumber);
        }

        fold.Core.Transfers.Take(new TransferHold(
            take.TransferId,
            take.FacilityId ?? "",
            take.AssetId,
            take.FromSiteId,
            take.PriceClass,
            take.Grade,
            take.Zone,
            take.QuantityGrams,
            0,
            fold.Core.Now,
            0,
            take.GivenPosition,
            false));
    }

    private CommandReceipt? CheckKnown(Shipment shipment, TakeTransfer take) =>
        shipment.Gone ? CommandReceipt.Refuse("asset-gone", take.AssetId)
        : fold.Core.PriceClasses[shipment.PriceClass] != take.PriceClass || fold.Core.Grades[shipment.Grade] != take.Grade
            ? CommandReceipt.Refuse("class-differs", take.AssetId)
        : fold.Core.Facilities[shipment.Facility] is { Length: > 0 } pledged && pledged != (take.FacilityId ?? "")
            ? CommandReceipt.Refuse("pledged-elsewhere", take.AssetId)
        : null;

    private Shipment Make(TakeTransfer take)
    {
        var shipment = shipments.Add(take.AssetId);
        shipment.PriceClass = fold.Core.PriceClasses.Of(take.PriceClass);
        shipment.Grade = fold.Core.Grades.Of(take.Grade);
        shipment.Zone = fold.Core.Zones.Of(take.Zone);
        return shipment;
    }
}
