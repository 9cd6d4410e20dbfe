using Earmark.Contracts;
using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.WarehouseScale;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Commands;

namespace Earmark.Silo.Warehouses;

/// <summary>Lots as they are booked.</summary>
internal static class LotDeclarations
{
    public const int MaximumNames = 500;

    public static CommandReceipt? Check(SiteCore core, LotBook lots, DeclareLots declare)
    {
        if (declare.Lots.Length is 0 or > SiteLimits.AssetsPerCommand)
        {
            return CommandReceipt.Refuse("too-many-assets", $"A command names 1 to {SiteLimits.AssetsPerCommand} lots.");
        }

        var references = new HashSet<string>(StringComparer.Ordinal);
        var added = 0;
        foreach (var lot in declare.Lots)
        {
            if (CheckOne(core, lots, lot) is { } reason)
            {
                return CommandReceipt.Refuse(reason, $"Lot {lot.AssetId}.");
            }

            if (lot.Reference.Length > 0 && !references.Add(lot.Reference))
            {
                return CommandReceipt.Refuse("reference-in-use", lot.Reference);
            }

            added += lots.Find(lot.AssetId) is null ? 1 : 0;
        }

        return lots.Count + added > LotBook.Maximum ? CommandReceipt.Refuse("site-full", $"At most {LotBook.Maximum} lots.") : null;
    }

    public static void Take(SiteCore core, LotBook lots, DeclareLots declare, long position)
    {
        foreach (var declared in declare.Lots)
        {
            var lot = lots.Find(declared.AssetId) ?? lots.Add(declared.AssetId);
            lots.Refer(lot, declared.Reference);
            lot.PriceClass = core.PriceClasses.Of(declared.PriceClass);
            lot.Grade = core.Grades.Of(declared.Grade);
            lot.Zone = core.Zones.Of(declared.Zone);
            lot.BookedGrams = declared.BookedGrams;
            lot.ReceivedAt = Seconds.Of(declared.ReceivedAt);
            lot.ShelfLifeUntil = Seconds.Of(declared.ShelfLifeUntil);
            lot.InsuredUntil = Seconds.Of(declared.InsuredUntil);
            lot.Position = position;
        }
    }

    private static string? CheckOne(SiteCore core, LotBook lots, LotDeclaration lot)
    {
        if (!Names.IsValid(lot.AssetId) || !Names.IsValid(lot.PriceClass) || !Names.IsValid(lot.Grade))
        {
            return "invalid-name";
        }

        var known = lots.Find(lot.AssetId);
        return known is { Gone: true } ? "asset-gone"
            : !ScaleReference.TryParse(lot.Reference, out _) ? "bad-reference"
            : lot.Reference.Length > 0 && lots.Scanned(lot.Reference) is { } other && other != known ? "reference-in-use"
            : lot.BookedGrams is < 0 or > Finance.CollateralRow.MaximumGrams ? "bad-weight"
            : !SettingCommands.ZoneFits(core, lot.Zone) ? "unknown-zone"
            : TooMany(core.PriceClasses, lot.PriceClass) || TooMany(core.Grades, lot.Grade) ? "too-many-names"
            : null;
    }

    private static bool TooMany(NameIndex names, string name) => !names.TryFind(name, out _) && names.Count > MaximumNames;
}
