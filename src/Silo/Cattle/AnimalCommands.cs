using Earmark.Contracts;
using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Commands;
using Earmark.Valuation;

namespace Earmark.Silo.Cattle;

/// <summary>Declaration, tagging and weighing of animals: what is refused, and why.</summary>
internal static class AnimalCommands
{
    public const int MaximumWeightGrams = 2_000_000;
    public const int MaximumNames = 200;

    /// <summary>People give days, each beginning at its own midnight. A weight of later than this is a promise, not a weighing.</summary>
    public const int WeighedAheadMaximumSeconds = Seconds.Day;

    public static CommandReceipt? Check(SiteCore core, Herd herd, DeclareAnimals declare)
    {
        if (declare.Animals.Length is 0 or > SiteLimits.AssetsPerCommand)
        {
            return CommandReceipt.Refuse("too-many-assets", $"A command names 1 to {SiteLimits.AssetsPerCommand} animals, not {declare.Animals.Length}.");
        }

        var added = 0;
        var tags = new HashSet<ulong>();
        foreach (var animal in declare.Animals)
        {
            if (CheckOne(core, herd, animal, tags) is { } reason)
            {
                return CommandReceipt.Refuse(reason, $"Animal {animal.AssetId}.");
            }

            added += herd.Ids.TryFind(animal.AssetId, out _) ? 0 : 1;
        }

        return herd.Present + added > SiteLimits.AnimalsPerSite || herd.Count + added > Herd.MaximumSlots
            ? CommandReceipt.Refuse("site-full", $"A ranch holds at most {SiteLimits.AnimalsPerSite} animals.")
            : null;
    }

    public static CommandReceipt? Check(Herd herd, BindTag bind) =>
        !herd.Ids.TryFind(bind.AssetId, out var slot) ? CommandReceipt.Refuse("unknown-asset", bind.AssetId)
        : herd.Animals[slot].Removed ? CommandReceipt.Refuse("asset-gone", bind.AssetId)
        : CheckTag(herd, bind.Tag, slot) is { } reason ? CommandReceipt.Refuse(reason, bind.Tag ?? "")
        : null;

    public static CommandReceipt? Check(SiteCore core, Herd herd, WeighAnimals weigh)
    {
        if (weigh.Weighings.Length is 0 or > SiteLimits.AssetsPerCommand)
        {
            return CommandReceipt.Refuse("too-many-assets", $"A command names 1 to {SiteLimits.AssetsPerCommand} weighings.");
        }

        foreach (var weighing in weigh.Weighings)
        {
            var reason = !herd.Ids.TryFind(weighing.AssetId, out var slot) ? "unknown-asset"
                : herd.Animals[slot].Removed ? "asset-gone"
                : CheckWeight(weighing.WeightGrams, weighing.Kind) ?? CheckWeighedAt(core, weighing.At);
            if (reason is not null)
            {
                return CommandReceipt.Refuse(reason, $"Animal {weighing.AssetId}.");
            }
        }

        return null;
    }

    private static string? CheckOne(SiteCore core, Herd herd, AnimalDeclaration animal, HashSet<ulong> tags)
    {
        if (!Names.IsValid(animal.AssetId) || !Names.IsValid(animal.PriceClass) || !Names.IsValid(animal.Breed))
        {
            return "invalid-name";
        }

        var known = herd.Ids.TryFind(animal.AssetId, out var slot);
        if (known && herd.Animals[slot].Removed)
        {
            return "asset-gone";
        }

        if (animal.Tag is not null && TagNumber.TryParse(animal.Tag, out var tag) && !tags.Add(tag.Value))
        {
            return "tag-bound";
        }

        return !SettingCommands.ZoneFits(core, animal.Pen) ? "unknown-zone"
            : TooMany(core.PriceClasses, animal.PriceClass) || TooMany(core.Grades, animal.Breed) || TooMany(herd.Sexes, animal.Sex) ? "too-many-names"
            : CheckTag(herd, animal.Tag, known ? slot : -1) ?? CheckWeight(animal.WeightGrams, animal.Weighing) ?? CheckWeighedAt(core, animal.WeighedAt);
    }

    private static bool TooMany(NameIndex names, string name) => !names.TryFind(name, out _) && names.Count > MaximumNames;

    private static string? CheckTag(Herd herd, string? tag, int slot) =>
        tag is null ? null
        : !TagNumber.TryParse(tag, out var number) ? "bad-tag"
        : herd.Tags.TryFind(number.Value, out var bound) && bound != slot ? "tag-bound"
        : null;

    // Only a weighing raises what an animal counts, and growth nobody weighed gives no credit: one dated ahead would give both.
    private static string? CheckWeighedAt(SiteCore core, DateTimeOffset at) =>
        at.ToUnixTimeSeconds() > core.Now + (long)WeighedAheadMaximumSeconds ? "weighed-ahead" : null;

    private static string? CheckWeight(int grams, string kind) =>
        grams is < 0 or > MaximumWeightGrams ? "bad-weight"
        : !WeighingKinds.TryParse(kind, out _) ? "unknown-weighing"
        : null;
}
