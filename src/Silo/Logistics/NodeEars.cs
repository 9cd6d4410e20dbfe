using System.Globalization;
using Earmark.FirmwareProtocols.GpsNode;
using Earmark.Silo.Devices;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Transitions;
using Earmark.Valuation;

namespace Earmark.Silo.Logistics;

/// <summary>
/// Takes what a node reports of the shipments that travel with it. Before departure nothing is judged: goods are being loaded. A report without
/// a fix moves nothing. A broken seal counts at once; that it is whole again only when the node's grain has agreed.
/// </summary>
internal sealed class NodeEars(FleetFold fold, ShipmentBook shipments)
{
    private const double Decimetre = 0.1;

    public void Take(string nodeId, in GpsReading reading, uint second, long position)
    {
        foreach (var shipment in shipments.With(nodeId))
        {
            shipment.LastHeard = Math.Max(shipment.LastHeard, second);
            if (second < shipment.DepartsAt)
            {
                continue;
            }

            if (reading.Position is { } fix)
            {
                Fix(shipment, fix, second, position);
            }

            Inputs(shipment, reading.Inputs, second, position);
        }
    }

    // An open seal counts also when it is heard of late: what a truck kept while it was away is the very thing to know.
    private void Inputs(Shipment shipment, GpsInputs inputs, uint second, long position)
    {
        var intact = (inputs & GpsInputs.SealIntact) != 0;
        if (!intact && second > shipment.SealAgreedAt && shipment.SealBrokenAt == 0)
        {
            Ask(shipment, Devices.Transitions.SealBroken, second, position, "the seal's loop is open");
        }

        if (!intact && second > shipment.SealAgreedAt)
        {
            shipment.SealBrokenAt = shipment.SealBrokenAt == 0 ? second : Math.Min(second, shipment.SealBrokenAt);
        }

        if (second < shipment.InputsAt)
        {
            return;
        }

        shipment.InputsAt = second;
        shipment.SealIntact = intact;
        shipment.DoorOpen = (inputs & GpsInputs.DoorOpen) != 0;
        if (intact && shipment.SealBrokenAt != 0)
        {
            Ask(shipment, Devices.Transitions.Found, second, position, "the seal's loop is closed again");
        }
    }

    // In order of event time, so that late fixes find their place and the result does not depend on the order of arrival.
    private void Fix(Shipment shipment, in GpsPosition fix, uint second, long position)
    {
        var track = shipment.Track;
        var at = track.Count;
        while (at > 0 && track[at - 1].Second > second)
        {
            at--;
        }

        if (at > 0 && track[at - 1].Second == second)
        {
            return;
        }

        var accuracy = (fix.AccuracyDecimetres ?? 0) * Decimetre;
        var off = shipments.CorridorOf(shipment) is { } corridor && !corridor.Contains(GeoPoint.FromE7(fix.LatitudeE7, fix.LongitudeE7), accuracy);
        var speed = fix.SpeedDecikilometresPerHour is { } known ? (known + 5) / 10 : -1;
        track.Insert(at, new TrackFix(second, fix.LatitudeE7, fix.LongitudeE7, speed, off, position));
        if (track.Count > TrackFix.Kept)
        {
            track.RemoveAt(0);
        }
    }

    private void Ask(Shipment shipment, string transition, uint second, long position, string because)
    {
        if (!fold.Core.Transitions.IsOpen(shipment.AssetId, transition))
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{fold.SiteId}/{shipment.AssetId}/{transition}/{position}");
            fold.Core.Transitions.Add(new OpenTransition(
                id, shipment.AssetId, "gps-node", shipment.NodeId, transition, Seconds.At(second), because));
        }
    }
}
