using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.GpsNode;
using Earmark.FirmwareProtocols.WarehouseScale;
using Earmark.Tests.FirmwareProtocols;
using Earmark.Tests.Silo.Sites;

namespace Earmark.Tests.Silo.Warehouses;

/// <summary>Warehouses with one scale and a fleet with one truck, and the frames these send.</summary>
internal static class GoodsWorld
{
    public const string Facility = "facility-2";
    public const string Maize = "maize";
    public const long Tonne = 1_000_000;

    public static readonly RoutePoint[] Route = [new(36.0, 114.0), new(36.0, 115.0)];

    public static IEnumerable<SiteCommand> Opening(string scale = "scale-1", DateTimeOffset? calibratedUntil = null) =>
    [
        new DefineSite("define", "officer", "demo-bank", SiteKind.Warehouse, ["zone-a"]),
        new BindStations("stations", "officer", [new StationBinding(scale, "warehouse-scale", "zone-a", calibratedUntil)]),
    ];

    public static IEnumerable<SiteCommand> OpeningFleet() =>
    [
        new DefineSite("define", "officer", "demo-bank", SiteKind.Fleet, ["truck-1"]),
        new BindStations("stations", "officer", [new StationBinding("gps-1", "gps-node", "truck-1")]),
    ];

    public static LotDeclaration Lot(string id, long tonnes, DateTimeOffset? keepsUntil = null) =>
        new(id, id.ToUpperInvariant(), Maize, "grade-2", "zone-a", tonnes * Tonne, HandClock.Start, keepsUntil, null);

    public static DeclareLots Lots(params LotDeclaration[] lots) => new("lots-" + lots[0].AssetId + lots[0].BookedGrams, "operator", lots);

    public static PledgeAssets Pledge(params string[] assets) => new("pledge-" + assets[0], "officer", Facility, assets, "zdw-9");

    public static ShipmentDeclaration Shipment(string id, long tonnes = 0) => new(
        id, "gps-1", Maize, "grade-2", "truck-1", tonnes * Tonne, Route, 2_000, HandClock.Start, HandClock.Start.AddHours(30), null);

    public static byte[] Weighing(
        string scale, uint sequence, DateTimeOffset at, ScalePurpose purpose, string reference, int kilograms,
        ScaleFlags flags = ScaleFlags.Stable, FrameFlags frame = FrameFlags.None)
    {
        var scanned = ScaleReference.TryParse(reference, out var parsed) ? parsed : throw new ArgumentException(reference);
        var (gross, tare) = (flags & ScaleFlags.Overload) != 0 ? (0, 0) : (kilograms + 15_000, 15_000);
        var payload = new byte[WarehouseScaleCodec.PayloadLength];
        WarehouseScaleCodec.Write(new ScaleReading(gross, tare, gross - tare, 0, WeightUnit.Kilogram, flags, purpose, scanned), payload);
        return Keys.Frame(new EnvelopeHeader(DeviceKind.WarehouseScale, Keys.Name(scale), 1, sequence, at.ToUnixTimeMilliseconds(), frame, 1), payload);
    }

    public static byte[] Position(
        uint sequence, DateTimeOffset at, double latitude, double longitude, GpsInputs inputs = GpsInputs.SealIntact)
    {
        var position = new GpsPosition((int)(latitude * 1e7), (int)(longitude * 1e7), 600, 900, 50);
        return Report(sequence, at, new GpsReading(GpsFix.Gnss, position, 9, inputs, 80));
    }

    public static byte[] NoFix(uint sequence, DateTimeOffset at, GpsInputs inputs = GpsInputs.SealIntact) =>
        Report(sequence, at, new GpsReading(GpsFix.None, null, 0, inputs, 80));

    private static byte[] Report(uint sequence, DateTimeOffset at, GpsReading reading)
    {
        var payload = new byte[GpsNodeCodec.PayloadLength];
        GpsNodeCodec.Write(reading, payload);
        return Keys.Frame(
            new EnvelopeHeader(DeviceKind.GpsNode, Keys.Name("gps-1"), 1, sequence, at.ToUnixTimeMilliseconds(), FrameFlags.None, 1), payload);
    }
}
