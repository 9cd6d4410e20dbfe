using Earmark.Contracts;
using Earmark.Contracts.Sites;
using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Transfers;

namespace Earmark.Silo.Warehouses;

/// <summary>Goods given to and taken from other sites. A gift takes from booking and weighing alike in one entry, so that the whole neither rises nor dips.</summary>
internal sealed class LotTransfers(WarehouseFold fold, LotBook lots)
{
    public CommandReceipt? Check(GiveTransfer give)
    {
        if (!Names.IsValid(give.TransferId) || lots.Find(give.AssetId) is not { } lot)
        {
            return CommandReceipt.Refuse(Names.IsValid(give.TransferId) ? "unknown-asset" : "invalid-name", give.AssetId);
        }

        return fold.Core.Transfers.Given(give.TransferId) is not null ? CommandReceipt.Refuse("transfer-known", give.TransferId)
            : !fold.Core.Transfers.MayGive ? CommandReceipt.Refuse("too-many-transfers", $"At most {TransferList.MaximumOpen} are under way.")
            : lot.Gone ? CommandReceipt.Refuse("asset-gone", give.AssetId)
            : give.QuantityGrams <= 0 || give.QuantityGrams > fold.Value(lot, fold.Core.Now).QuantityGrams
                ? CommandReceipt.Refuse("not-enough", $"{give.AssetId} holds {fold.Value(lot, fold.Core.Now).QuantityGrams} g.")
            : null;
    }

    public CommandReceipt? Check(TakeTransfer take) =>
        !Names.IsValid(take.TransferId) || !Names.IsValid(take.AssetId) || !Names.IsValid(take.PriceClass) || take.QuantityGrams <= 0
            ? CommandReceipt.Refuse("invalid-name", take.AssetId)
        : fold.Core.Transfers.Taken(take.TransferId) is not null ? CommandReceipt.Refuse("transfer-known", take.TransferId)
        : !fold.Core.Transfers.MayTake ? CommandReceipt.Refuse("too-many-transfers", $"At most {TransferList.MaximumOpen} are under way.")
        : !SettingCommands.ZoneFits(fold.Core, take.Zone) ? CommandReceipt.Refuse("unknown-zone", take.Zone)
        : lots.Find(take.AssetId) is { } lot ? CheckKnown(lot, take)
        : lots.Count >= LotBook.Maximum ? CommandReceipt.Refuse("site-full", $"At most {LotBook.Maximum} lots.")
        : null;

    public void Take(GiveTransfer give, long position)
    {
        if (lots.Find(give.AssetId) is not { } lot)
        {
            return;
        }

        var whole = fold.ValueWhenHeard(lot, fold.Core.Now);
        var counted = whole.QuantityGrams == 0 ? 0 : (long)((Int128)whole.AfterConfidenceGrams * give.QuantityGrams / whole.QuantityGrams);
        fold.Core.Transfers.Give(new TransferHold(
            give.TransferId,
            fold.Core.Facilities[lot.Facility],
            lot.AssetId,
            give.ToSiteId,
            fold.Core.PriceClasses[lot.PriceClass],
            fold.Core.Grades[lot.Grade],
            fold.Core.Zones[lot.Zone],
            give.QuantityGrams,
            counted,
            fold.Core.Now,
            fold.LastHeardIn(lot.Zone),
            position,
            false));
        lot.BookedGrams -= give.QuantityGrams;
        lot.Leaving.Add(new Unweighed(give.TransferId, give.QuantityGrams, fold.Core.Now));
        lot.Position = position;
    }

    public void Take(TakeTransfer take, long position)
    {
        var lot = lots.Find(take.AssetId) ?? Make(take);
        lot.BookedGrams += take.QuantityGrams;
        lot.Arriving.Add(new Unweighed(take.TransferId, take.QuantityGrams, fold.Core.Now));
        lot.Position = position;
        if (take.FacilityId is { Length: > 0 } facility)
        {
            lot.Facility = fold.Core.Facilities.Of(facility);
            lot.Registered = !string.IsNullOrEmpty(take.RegistrationNumber);
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

    private CommandReceipt? CheckKnown(Lot lot, TakeTransfer take) =>
        lot.Gone ? CommandReceipt.Refuse("asset-gone", take.AssetId)
        : fold.Core.PriceClasses[lot.PriceClass] != take.PriceClass || fold.Core.Grades[lot.Grade] != take.Grade
            ? CommandReceipt.Refuse("class-differs", take.AssetId)
        : fold.Core.Facilities[lot.Facility] is { Length: > 0 } pledged && pledged != (take.FacilityId ?? "")
            ? CommandReceipt.Refuse("pledged-elsewhere", take.AssetId)
        : null;

    private Lot Make(TakeTransfer take)
    {
        var lot = lots.Add(take.AssetId);
        lot.PriceClass = fold.Core.PriceClasses.Of(take.PriceClass);
        lot.Grade = fold.Core.Grades.Of(take.Grade);
        lot.Zone = fold.Core.Zones.Of(take.Zone);
        lot.ReceivedAt = fold.Core.Now;
        return lot;
    }
}
