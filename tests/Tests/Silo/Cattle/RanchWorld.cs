using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.BaseStation;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Tests.FirmwareProtocols;
using Earmark.Tests.Silo.Sites;

namespace Earmark.Tests.Silo.Cattle;

/// <summary>A small ranch: two pens with a station each, animals with tags, and the frames their stations send.</summary>
internal static class RanchWorld
{
    public const string Site = "ranch-1";
    public const string Facility = "facility-1";

    public static TagReading Well => new(-60, TagFlags.None, 12, 20, 1, 3650);

    public static TagReading Dead => new(-60, TagFlags.None, 12, 0, 400, 1900);

    public static string Animal(int number) => $"cow-{number:0000}";

    public static string Tag(int number) => (156_000_000_000_000 + number).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static DefineSite Define => new("define", "officer", "demo-bank", SiteKind.Ranch, ["pen-1", "pen-2"]);

    public static BindStations Stations => new("stations", "officer",
        [new StationBinding("bs-1", "base-station", "pen-1"), new StationBinding("bs-2", "base-station", "pen-2")]);

    /// <summary>Animals in pen 1, each of 500 kg weighed in a chute at the start.</summary>
    public static DeclareAnimals Animals(int count, string id = "animals") => new(id, "operator",
        [.. Enumerable.Range(1, count).Select(number => new AnimalDeclaration(
            Animal(number), Tag(number), "beef-cattle", "simmental", "female", "pen-1",
            HandClock.Start.AddYears(-2), 500_000, HandClock.Start, "chute", null))]);

    public static PledgeAssets Pledge(int count) =>
        new("pledge", "officer", Facility, [.. Enumerable.Range(1, count).Select(Animal)], "zdw-1");

    public static IEnumerable<SiteCommand> Opening(int animals) => [Define, Stations, Animals(animals), Pledge(animals)];

    public static byte[] Round(
        string station, uint boot, uint sequence, DateTimeOffset at, IEnumerable<(int Animal, TagReading Reading)> heard, FrameFlags flags = FrameFlags.None)
    {
        var observations = heard.Select(one => new TagObservation(Number(one.Animal), one.Reading)).ToArray();
        var payload = new byte[BaseStationCodec.PayloadLength(observations.Length)];
        BaseStationCodec.Write(sequence, 60, observations, payload);
        return Keys.Frame(
            new EnvelopeHeader(DeviceKind.BaseStation, Keys.Name(station), boot, sequence, at.ToUnixTimeMilliseconds(), flags, 1), payload);
    }

    public static byte[] Round(string station, uint sequence, DateTimeOffset at, TagReading reading, params int[] animals) =>
        Round(station, 1, sequence, at, animals.Select(animal => (animal, reading)));

    public static Frame Frame(string device, byte[] bytes, DateTimeOffset at, FrameTrust trust = FrameTrust.Verified) => new(device, at, trust, bytes);

    public static FrameBatch Batch(params byte[][] frames) =>
        new([.. frames.Select(bytes => Frame(DeviceOf(bytes), bytes, HandClock.Start))]);

    private static string DeviceOf(byte[] frame) =>
        EnvelopeCodec.TryRead(frame, out var header, out _) ? header.Device.ToString() : "unknown";

    private static TagNumber Number(int animal) =>
        TagNumber.TryParse(Tag(animal), out var tag) ? tag : throw new ArgumentOutOfRangeException(nameof(animal));
}
