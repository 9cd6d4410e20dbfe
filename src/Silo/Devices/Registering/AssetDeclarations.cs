using System.Text.Json;
using Earmark.Contracts;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.FirmwareProtocols;
using Earmark.Storage.Book;

namespace Earmark.Silo.Devices.Registering;

/// <summary>Writes what a site is about to hold into the register: assets, their tags or nodes, the bindings between them.</summary>
internal sealed class AssetDeclarations(IRegister register, DomainClock clock, string institutionId)
{
    private readonly TagRegister tags = new(register, clock, institutionId);

    public async Task<CommandReceipt?> Animals(SiteRow site, DeclareAnimals declare)
    {
        var animals = declare.Animals;
        var bound = animals.Where(animal => animal.Tag is not null).Select(animal => (animal.AssetId, Device: animal.Tag!)).ToList();
        if ((WhyNot(site, SiteKind.Ranch, [.. animals.Select(animal => animal.AssetId)]) ?? UnknownZone(site, animals.Select(animal => animal.Pen))) is { } wrong)
        {
            return wrong;
        }

        if (await tags.WhyNot(site, "ear-tag", bound) is { } taken)
        {
            return taken;
        }

        if (await Put(site, "animal", animals, animal => (animal.AssetId, animal.PriceClass, animal.Breed)) is { } refused)
        {
            return refused;
        }

        await tags.AddUnknown(site, bound.Select(pair => pair.Device), declare.By);
        await tags.Bind(bound, "declared");
        return null;
    }

    public async Task<CommandReceipt?> Lots(SiteRow site, DeclareLots declare) =>
        WhyNot(site, SiteKind.Warehouse, [.. declare.Lots.Select(lot => lot.AssetId)])
        ?? UnknownZone(site, declare.Lots.Select(lot => lot.Zone))
        ?? await Put(site, "lot", declare.Lots, lot => (lot.AssetId, lot.PriceClass, lot.Grade));

    public async Task<CommandReceipt?> Shipments(SiteRow site, DeclareShipments declare)
    {
        var nodes = declare.Shipments.Where(shipment => shipment.NodeId.Length > 0).Select(shipment => (shipment.AssetId, Device: shipment.NodeId)).ToList();
        if (WhyNot(site, SiteKind.Fleet, [.. declare.Shipments.Select(shipment => shipment.AssetId)]) is { } wrong)
        {
            return wrong;
        }

        if (await tags.WhyNot(site, "gps-node", nodes) is { } taken)
        {
            return taken;
        }

        if (await Put(site, "shipment", declare.Shipments, shipment => (shipment.AssetId, shipment.PriceClass, shipment.Grade)) is { } refused)
        {
            return refused;
        }

        await tags.Bind(nodes, "declared");
        return null;
    }

    /// <summary>A lost tag is taken off after its site knows; a new one is in the register before.</summary>
    public async Task<CommandReceipt?> Tag(SiteRow site, BindTag bind)
    {
        if (await Known(site, [bind.AssetId]) is { } unknown)
        {
            return unknown;
        }

        if (bind.Tag is null)
        {
            return null;
        }

        (string, string)[] pair = [(bind.AssetId, bind.Tag)];
        if (await tags.WhyNot(site, "ear-tag", pair) is { } taken)
        {
            return taken;
        }

        await tags.AddUnknown(site, [bind.Tag], bind.By);
        await tags.Bind(pair, bind.Because);
        return null;
    }

    public async Task Conclude(BindTag bind)
    {
        if (bind.Tag is null)
        {
            await register.UnbindAsync(bind.AssetId, bind.Because, clock.GetUtcNow(), CancellationToken.None);
        }
    }

    /// <summary>Every asset is of this site and has not left.</summary>
    public async Task<CommandReceipt?> Known(SiteRow site, IReadOnlyList<string> assetIds)
    {
        if (assetIds.Count is 0 or > SiteLimits.AssetsPerCommand)
        {
            return CommandReceipt.Refuse("too-many", $"1 to {SiteLimits.AssetsPerCommand} assets at a time.");
        }

        var rows = await register.AssetsByIdAsync(assetIds, CancellationToken.None);
        var held = rows.Where(row => row.SiteId == site.SiteId && row.EndedAt is null).Select(row => row.AssetId).ToHashSet(StringComparer.Ordinal);
        var strange = assetIds.FirstOrDefault(id => !held.Contains(id));
        return strange is null ? null : CommandReceipt.Refuse("unknown-asset", $"{site.SiteId} holds no {strange}.");
    }

    /// <summary>A mistyped pen must not become a pen.</summary>
    public static CommandReceipt? UnknownZone(SiteRow site, IEnumerable<string> zones) =>
        zones.FirstOrDefault(zone => !SiteZones.Has(site, zone)) is { } strange
            ? CommandReceipt.Refuse("unknown-zone", $"{site.SiteId} has no zone '{strange}'.")
            : null;

    private static CommandReceipt? WhyNot(SiteRow site, SiteKind kind, IReadOnlyList<string> assetIds)
    {
        if ((SiteKind)site.Kind != kind)
        {
            return CommandReceipt.Refuse("wrong-site-kind", $"{site.SiteId} is no {kind}.");
        }

        if (assetIds.Count is 0 or > SiteLimits.AssetsPerCommand)
        {
            return CommandReceipt.Refuse("too-many", $"1 to {SiteLimits.AssetsPerCommand} assets at a time.");
        }

        if (assetIds.FirstOrDefault(id => !Names.IsValid(id)) is { } bad)
        {
            return CommandReceipt.Refuse("bad-asset-id", $"'{bad}' is no asset's id: 1 to {Names.MaximumLength} of a–z, 0–9 and '-'.");
        }

        return assetIds.Distinct(StringComparer.Ordinal).Count() == assetIds.Count
            ? null
            : CommandReceipt.Refuse("asset-twice", "An asset is named twice in one command.");
    }

    private async Task<CommandReceipt?> Put<T>(SiteRow site, string kind, T[] declared, Func<T, (string Id, string PriceClass, string Grade)> what)
    {
        var now = clock.GetUtcNow();
        var rows = declared.Select(one =>
        {
            var (id, priceClass, grade) = what(one);
            return new AssetRow(id, institutionId, site.SiteId, kind, priceClass, grade, JsonSerializer.Serialize(one, JsonSerializerOptions.Web), now, null, null);
        }).ToList();
        var elsewhere = await register.PutAssetsAsync(rows, CancellationToken.None);
        return elsewhere.Count == 0 ? null : CommandReceipt.Refuse("asset-of-another-site", $"Held elsewhere: {TagRegister.Named(elsewhere)}.");
    }
}
