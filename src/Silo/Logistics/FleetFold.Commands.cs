using Earmark.Contracts;
using Earmark.Contracts.Sites;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Commands;
using Earmark.Valuation;

namespace Earmark.Silo.Logistics;

/// <summary>What people and grains declare of shipments.</summary>
internal sealed partial class FleetFold
{
    public const int MaximumRoutePoints = 1_000;
    public const int MaximumNames = 500;

    protected override CommandReceipt? CheckOwn(SiteCommand command) => command switch
    {
        DeclareShipments declare => CheckShipments(declare),
        GiveTransfer give => _transfers.Check(give),
        TakeTransfer take => _transfers.Check(take),
        CloseTransfer => null,
        AnswerTransition answer when Core.Transitions.IsOpen(answer.AssetId, answer.Transition) => null,
        AnswerTransition => CommandReceipt.Refuse("not-open", "Nothing of that kind is open for the asset."),
        _ => CommandReceipt.Refuse("unsupported", "A fleet knows no such command."),
    };

    protected override void Take(SiteCommand command, long position)
    {
        switch (command)
        {
            case DeclareShipments declare:
                foreach (var shipment in declare.Shipments)
                {
                    Declare(shipment, position);
                }

                break;
            case GiveTransfer give:
                _transfers.Take(give, position);
                break;
            case TakeTransfer take:
                _transfers.Take(take, position);
                break;
            case CloseTransfer close:
                Core.Transfers.Close(close.TransferId);
                break;
            case AnswerTransition answer:
                Answer(answer);
                break;
        }
    }

    private CommandReceipt? CheckShipments(DeclareShipments declare)
    {
        if (declare.Shipments.Length is 0 or > SiteLimits.AssetsPerCommand)
        {
            return CommandReceipt.Refuse("too-many-assets", $"A command names 1 to {SiteLimits.AssetsPerCommand} shipments.");
        }

        var added = 0;
        foreach (var shipment in declare.Shipments)
        {
            if (CheckShipment(shipment) is { } reason)
            {
                return CommandReceipt.Refuse(reason, $"Shipment {shipment.AssetId}.");
            }

            added += _shipments.Find(shipment.AssetId) is null ? 1 : 0;
        }

        return _shipments.Count + added > ShipmentBook.Maximum
            ? CommandReceipt.Refuse("site-full", $"At most {ShipmentBook.Maximum} shipments.")
            : null;
    }

    private string? CheckShipment(ShipmentDeclaration shipment)
    {
        if (!Names.IsValid(shipment.AssetId) || !Names.IsValid(shipment.PriceClass) || !Names.IsValid(shipment.Grade)
            || (shipment.NodeId.Length > 0 && !Names.IsValidDevice(shipment.NodeId)))
        {
            return "invalid-name";
        }

        var line = shipment.Route.Select(point => new GeoPoint(point.Latitude, point.Longitude)).ToArray();
        return _shipments.Find(shipment.AssetId) is { Gone: true } ? "asset-gone"
            : shipment.WeighedInGrams is < 0 or > Finance.CollateralRow.MaximumGrams ? "bad-weight"
            : shipment.Route.Length > MaximumRoutePoints || (line.Length > 0 && !Corridor.TryCreate(line, shipment.CorridorMetres, out _)) ? "bad-route"
            : shipment.DueAt < shipment.DepartsAt ? "due-before-departure"
            : !SettingCommands.ZoneFits(Core, shipment.Vehicle) ? "unknown-zone"
            : TooMany(Core.PriceClasses, shipment.PriceClass) || TooMany(Core.Grades, shipment.Grade) ? "too-many-names"
            : null;
    }

    private void Declare(ShipmentDeclaration declared, long position)
    {
        var shipment = _shipments.Find(declared.AssetId) ?? _shipments.Add(declared.AssetId);
        _shipments.Carry(shipment, declared.NodeId);
        shipment.PriceClass = Core.PriceClasses.Of(declared.PriceClass);
        shipment.Grade = Core.Grades.Of(declared.Grade);
        shipment.Zone = Core.Zones.Of(declared.Vehicle);
        shipment.DeclaredGrams = declared.WeighedInGrams;
        shipment.Route = declared.Route;
        shipment.CorridorMetres = declared.CorridorMetres;
        shipment.DepartsAt = Seconds.Of(declared.DepartsAt);
        shipment.DueAt = Seconds.Of(declared.DueAt);
        shipment.InsuredUntil = Seconds.Of(declared.InsuredUntil);
        shipment.Position = position;
        _shipments.RouteChanged(shipment);
    }

    private void Answer(AnswerTransition answer)
    {
        var refused = answer.Accepted ? null : answer.Reason ?? "refused";
        if (Core.Transitions.Answer(answer.AssetId, answer.Transition, refused, Core.Now)
            && answer.Accepted && answer.Transition == Devices.Transitions.Found && _shipments.Find(answer.AssetId) is { SealIntact: true } shipment)
        {
            shipment.SealBrokenAt = 0;
            shipment.SealAgreedAt = shipment.InputsAt;
        }
    }

    private static bool TooMany(NameIndex names, string name) => !names.TryFind(name, out _) && names.Count > MaximumNames;
}
