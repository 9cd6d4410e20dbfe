using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Commands;
using Earmark.Valuation;
using Earmark.Valuation.Growth;

namespace Earmark.Silo.Cattle;

/// <summary>What people and grains declare of animals.</summary>
internal sealed partial class RanchFold
{
    protected override CommandReceipt? CheckOwn(SiteCommand command) => command switch
    {
        DeclareAnimals declare => AnimalCommands.Check(Core, _herd, declare),
        BindTag bind => AnimalCommands.Check(_herd, bind),
        WeighAnimals weigh => AnimalCommands.Check(Core, _herd, weigh),
        AnswerTransition answer when !Core.Transitions.IsOpen(answer.AssetId, answer.Transition) =>
            CommandReceipt.Refuse("not-open", "Nothing of that kind is open for the asset."),
        GiveTransfer give => _transfers.Check(give),
        TakeTransfer take => _transfers.Check(take),
        AnswerTransition or CloseTransfer => null,
        _ => CommandReceipt.Refuse("unsupported", "A ranch knows no such command."),
    };

    protected override void Take(SiteCommand command, long position)
    {
        switch (command)
        {
            case DeclareAnimals declare:
                _herd.ReserveFor(declare.Animals);
                foreach (var animal in declare.Animals)
                {
                    Declare(animal, position);
                }

                break;
            case BindTag bind when _herd.Ids.TryFind(bind.AssetId, out var slot):
                Bind(slot, bind.Tag);
                _herd.Animals[slot].Position = (uint)position;
                break;
            case WeighAnimals weigh:
                foreach (var weighing in weigh.Weighings)
                {
                    if (_herd.Ids.TryFind(weighing.AssetId, out var weighed))
                    {
                        Weigh(weighed, weighing.WeightGrams, weighing.At, weighing.Kind, position);
                    }
                }

                break;
            case AnswerTransition answer:
                Answer(answer);
                break;
            case GiveTransfer give:
                _transfers.Take(give, position);
                break;
            case TakeTransfer { Animal: not null } take:
                _transfers.Take(take, position);
                break;
            case CloseTransfer close:
                Core.Transfers.Close(close.TransferId);
                break;
        }
    }

    internal int Declare(AnimalDeclaration declared, long position)
    {
        if (!_herd.Ids.TryFind(declared.AssetId, out var slot))
        {
            slot = _herd.Add(declared.AssetId);
        }

        ref var animal = ref _herd.Animals[slot];
        animal.PriceClass = Core.PriceClasses.Of(declared.PriceClass);
        animal.Grade = Core.Grades.Of(declared.Breed);
        animal.Zone = Core.Zones.Of(declared.Pen);
        animal.Sex = (byte)_herd.Sexes.Of(declared.Sex);
        animal.BornAt = Seconds.Of(declared.BornAt);
        animal.InsuredUntil = Seconds.Of(declared.InsuredUntil);
        animal.Position = (uint)position;
        Bind(slot, declared.Tag);
        Weigh(slot, declared.WeightGrams, declared.WeighedAt, declared.Weighing, position);
        return slot;
    }

    private void Weigh(int slot, int grams, DateTimeOffset at, string kind, long position)
    {
        ref var animal = ref _herd.Animals[slot];
        var second = Math.Min(Seconds.Of(at), Core.Now);
        if (second < animal.WeighedAt || !WeighingKinds.TryParse(kind, out var weighing))
        {
            return;
        }

        // A register imported again says the same weighing again; that is one weighing, not two.
        if (second != animal.WeighedAt || grams != animal.WeighedGrams || (byte)weighing != animal.WeighingKind)
        {
            _herd.Growth[slot] = GrowthRule.Weigh(_herd.Growth[slot], (long)second - animal.WeighedAt, grams, weighing, _weights.CurveOf(animal));
        }

        animal.WeighedGrams = grams;
        animal.WeighedAt = second;
        animal.WeighingKind = (byte)weighing;
        animal.Position = (uint)position;
        _weights.Forget(slot);
    }

    internal void Remove(int slot, Departure because, long position) => _columns.Remove(slot, because, position);

    // What the old tag said last is not what the new one says; when it was last heard stays, so a new tag makes nothing fresh.
    private void Bind(int slot, string? tag)
    {
        var number = tag is not null && TagNumber.TryParse(tag, out var parsed) ? parsed.Value : 0;
        if (number == _herd.Animals[slot].Tag)
        {
            return;
        }

        _herd.Bind(slot, number);
        _strangers.Forget(number);
        Core.Transitions.Drop(_herd.Ids[slot]);
        ref var row = ref _herd.Heard[slot];
        var fresh = HeardRow.Never();
        (fresh.LastHeard, fresh.Position) = (row.LastHeard, row.Position);
        (fresh.HealthState, fresh.HealthReason, fresh.HealthSince) = (row.HealthState, row.HealthReason, row.HealthSince);
        fresh.Set(HeardMarks.Missing, row.Is(HeardMarks.Missing));
        row = fresh;
    }

    private void Answer(AnswerTransition answer)
    {
        var refused = answer.Accepted ? null : answer.Reason ?? "refused";
        if (Core.Transitions.Answer(answer.AssetId, answer.Transition, refused, Core.Now) && _herd.Ids.TryFind(answer.AssetId, out var slot))
        {
            _ears.Health.Answer(slot, answer.Transition, answer.Accepted);
        }
    }
}
