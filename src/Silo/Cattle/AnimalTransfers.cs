using Earmark.Contracts;
using Earmark.Contracts.Sites;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Transfers;
using Earmark.Valuation;

namespace Earmark.Silo.Cattle;

/// <summary>
/// Animals given to and taken from other ranches, whole and one by one. A passport goes with each: at its new ranch it is as fresh, as healthy
/// and as heavy as it was, until a station there hears it. Its baseline of the last days stays behind and is learned anew.
/// </summary>
internal sealed class AnimalTransfers(RanchFold fold, Herd herd)
{
    public CommandReceipt? Check(GiveTransfer give) =>
        !Names.IsValid(give.TransferId) ? CommandReceipt.Refuse("invalid-name", give.TransferId)
        : fold.Core.Transfers.Given(give.TransferId) is not null ? CommandReceipt.Refuse("transfer-known", give.TransferId)
        : !fold.Core.Transfers.MayGive ? CommandReceipt.Refuse("too-many-transfers", $"At most {TransferList.MaximumOpen} are under way.")
        : give.QuantityGrams != 0 ? CommandReceipt.Refuse("bad-transfer", "An animal goes whole: no quantity is named.")
        : !herd.Ids.TryFind(give.AssetId, out var slot) ? CommandReceipt.Refuse("unknown-asset", give.AssetId)
        : herd.Animals[slot].Removed ? CommandReceipt.Refuse("asset-gone", give.AssetId)
        : herd.Animals[slot].Is(AnimalMarks.Quarantined) ? CommandReceipt.Refuse("in-quarantine", "An animal in quarantine does not travel.")
        : HerdTally.CauseOf(herd.Heard[slot]) is { } cause and not "sick" ? CommandReceipt.Refuse("not-present", $"{give.AssetId} is {cause}.")
        : null;

    public CommandReceipt? Check(TakeTransfer take) =>
        take.Animal is not { } passport ? CommandReceipt.Refuse("unsupported", "A ranch takes animals.")
        : !Names.IsValid(take.TransferId) ? CommandReceipt.Refuse("invalid-name", take.TransferId)
        : fold.Core.Transfers.Taken(take.TransferId) is not null ? CommandReceipt.Refuse("transfer-known", take.TransferId)
        : !fold.Core.Transfers.MayTake ? CommandReceipt.Refuse("too-many-transfers", $"At most {TransferList.MaximumOpen} are under way.")
        : herd.Ids.TryFind(take.AssetId, out _) ? CommandReceipt.Refuse("asset-known", $"{take.AssetId} is or was an animal of this ranch.")
        : AnimalCommands.Check(fold.Core, herd, new DeclareAnimals(take.CommandId, take.By, [Arriving(take, passport)]));

    /// <summary>What would go with an animal, or went with it; null for one that left otherwise, or so long ago that its transfer is forgotten.</summary>
    public AnimalPassport? Passport(int slot)
    {
        if (!herd.Animals[slot].Removed)
        {
            return Passport(slot, fold.ValueWhenHeard(slot).QuantityGrams);
        }

        var asset = herd.Ids[slot];
        return fold.Core.Transfers.Outgoing.FirstOrDefault(hold => hold.AssetId == asset)?.Animal;
    }

    public void Take(GiveTransfer give, long position)
    {
        if (!herd.Ids.TryFind(give.AssetId, out var slot))
        {
            return;
        }

        var core = fold.Core;
        ref readonly var animal = ref herd.Animals[slot];
        var value = fold.ValueWhenHeard(slot);
        core.Transfers.Give(new TransferHold(
            give.TransferId,
            core.Facilities[animal.Facility],
            give.AssetId,
            give.ToSiteId,
            core.PriceClasses[animal.PriceClass],
            core.Grades[animal.Grade],
            core.Zones[animal.Zone],
            value.QuantityGrams,
            value.AfterConfidenceGrams,
            core.Now,
            herd.Heard[slot].LastHeard,
            position,
            false,
            Passport(slot, value.QuantityGrams)));
        fold.Remove(slot, Departure.Transferred, position);
    }

    public void Take(TakeTransfer take, long position)
    {
        var (core, passport) = (fold.Core, take.Animal!);
        var slot = fold.Declare(Arriving(take, passport), position);
        ref var heard = ref herd.Heard[slot];
        heard.LastHeard = Math.Min(Seconds.Of(passport.LastHeardAt), core.Now);
        (heard.HealthState, heard.HealthReason, heard.HealthSince) = (passport.Health, passport.HealthReason, Seconds.Of(passport.HealthSince));
        if (take.FacilityId is { Length: > 0 } facility)
        {
            ref var animal = ref herd.Animals[slot];
            animal.Facility = core.Facilities.Of(facility);
            animal.Set(AnimalMarks.Registered, !string.IsNullOrEmpty(take.RegistrationNumber));
        }

        core.Transfers.Take(new TransferHold(
            take.TransferId,
            take.FacilityId ?? "",
            take.AssetId,
            take.FromSiteId,
            take.PriceClass,
            take.Grade,
            take.Zone,
            take.QuantityGrams,
            0,
            core.Now,
            0,
            take.GivenPosition,
            false));
    }

    private AnimalPassport Passport(int slot, long quantityGrams)
    {
        var core = fold.Core;
        ref readonly var animal = ref herd.Animals[slot];
        ref readonly var heard = ref herd.Heard[slot];
        var declaration = new AnimalDeclaration(
            herd.Ids[slot],
            animal.Tag == 0 ? null : animal.Tag.ToString("D15", System.Globalization.CultureInfo.InvariantCulture),
            core.PriceClasses[animal.PriceClass],
            core.Grades[animal.Grade],
            herd.Sexes[animal.Sex],
            core.Zones[animal.Zone],
            Seconds.At(animal.BornAt),
            animal.WeighedGrams,
            Seconds.At(animal.WeighedAt),
            ((WeighingKind)animal.WeighingKind).Code(),
            Seconds.AtOrNever(animal.InsuredUntil));
        return new AnimalPassport(
            declaration, quantityGrams, Seconds.AtOrNever(heard.LastHeard), heard.HealthState, heard.HealthReason, Seconds.AtOrNever(heard.HealthSince));
    }

    private static AnimalDeclaration Arriving(TakeTransfer take, AnimalPassport passport) =>
        passport.Animal with { AssetId = take.AssetId, Pen = take.Zone };
}
