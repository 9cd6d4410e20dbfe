using CsCheck;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.BaseStation;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.GpsNode;
using Earmark.FirmwareProtocols.TmrFeeder;
using Earmark.FirmwareProtocols.WarehouseScale;

namespace Earmark.Tests.FirmwareProtocols;

/// <summary>Generators over the whole of each range, edges included.</summary>
internal static class Frames
{
    private static readonly GpsFix[] GpsFixesInOrder = [GpsFix.None, GpsFix.Gnss, GpsFix.Dgnss, GpsFix.RtkFixed, GpsFix.RtkFloat];

    public static readonly Gen<TagNumber> Tag = Gen.Select(Gen.ULong[1, 999], Gen.ULong[0, TagNumber.MaxNational], (country, national) =>
        TagNumber.TryCreate((country * 1_000_000_000_000) + national, out TagNumber tag) ? tag : default);

    public static readonly Gen<TagReading> Reading = Gen.Select(
        Gen.SByte[-127, 0].Nullable(), Gen.Byte[0, 7], Gen.Byte[0, 15], Gen.UShort, Gen.UShort, Gen.Short[-4000, 8500].Nullable(),
        (rssi, flags, battery, activity, motionless, temperature) => new TagReading(
            rssi, (TagFlags)flags, battery, activity, motionless, (flags & 2) != 0 ? null : temperature));

    public static readonly Gen<TagObservation[]> Observations =
        Gen.Select(Tag, Reading, (tag, reading) => new TagObservation(tag, reading)).Array[0, BaseStationCodec.MaxObservations];

    public static readonly Gen<FeedEvent[]> Events = Gen.Select(
        Gen.Bool, Gen.Bool, Gen.Int[-86_400, 0], Code, Code, Gen.Int[1, TmrFeederCodec.MaxWeightGrams],
        (load, manual, offset, code, pen, grams) => new FeedEvent(
            load ? FeedEventType.Load : FeedEventType.Delivery, manual ? FeedEventFlags.Manual : 0, offset, code, load ? default : pen, grams))
        .Array[1, TmrFeederCodec.MaxEvents];

    public static readonly Gen<ScaleReading> Scale = Gen.Select(
        Gen.Int, Gen.Int[0, int.MaxValue], Gen.SByte[-6, 3], Gen.Byte[1, 4], Gen.Byte[0, 31], Gen.Byte[0, 3], Reference).Select(Weighed);

    public static readonly Gen<GpsReading> Gps = Gen.Select(
        Gen.Int[0, 4].Select(i => GpsFixesInOrder[i]), Position, Gen.Byte[0, 99], Gen.Byte[0, 7], Gen.Byte[0, 100].Nullable(),
        (fix, position, satellites, inputs, battery) => new GpsReading(fix, fix == GpsFix.None ? null : position, satellites, (GpsInputs)inputs, battery));

    public static Gen<EnvelopeHeader> Header(DeviceKind kind) => Gen.Select(
        kind == DeviceKind.EarTag ? Tag.Select(tag => tag.ToDeviceName()) : Name,
        Gen.UInt[1, uint.MaxValue], Gen.UInt[1, uint.MaxValue], Gen.Long[0, EnvelopeCodec.MaxTimeUnixMilliseconds - 1], Gen.Byte[0, 7], Gen.Byte,
        (name, boot, sequence, time, flags, keyId) => new EnvelopeHeader(kind, name, boot, sequence, time, (FrameFlags)flags, keyId));

    private static Gen<DeviceName> Name => Gen.String[Gen.Char["abcxyz0189-"], 1, 16].Select(Keys.Name);

    private static Gen<FeedCode> Code => Gen.String[Gen.Char["AZaz09._-"], 1, 8].Select(text => FeedCode.TryParse(text, out FeedCode code) ? code : default);

    private static Gen<ScaleReference> Reference => Gen.String[Gen.Char["AZaz09._:/-"], 0, 16]
        .Select(text => ScaleReference.TryParse(text, out ScaleReference reference) ? reference : default);

    private static Gen<GpsPosition> Position => Gen.Select(
        Gen.Int[-900_000_000, 900_000_000], Gen.Int[-1_800_000_000, 1_800_000_000], Gen.UShort[0, 4000].Nullable(), Gen.UShort[0, 3599].Nullable(),
        Gen.UShort[1, 65_534].Nullable(),
        (latitude, longitude, speed, heading, accuracy) => new GpsPosition(latitude, latitude == 0 && longitude == 0 ? 1 : longitude, speed, heading, accuracy));

    private static ScaleReading Weighed((int Gross, int Tare, sbyte Exponent, byte Unit, byte Flags, byte Purpose, ScaleReference Reference) drawn)
    {
        ScaleFlags flags = (ScaleFlags)drawn.Flags;
        bool over = flags.HasFlag(ScaleFlags.Overload), under = flags.HasFlag(ScaleFlags.Underload) && !over;
        flags &= over || under ? ~(ScaleFlags.Stable | ScaleFlags.Zero) : ~ScaleFlags.None;
        flags &= over ? ~ScaleFlags.Underload : ~ScaleFlags.None;
        bool fits = (long)drawn.Gross - drawn.Tare >= int.MinValue;
        int gross = over || under ? 0 : drawn.Gross;
        int tare = fits ? drawn.Tare : 0;
        int net = over || under ? 0 : gross - tare;
        return new ScaleReading(gross, tare, net, drawn.Exponent, (WeightUnit)drawn.Unit, flags, (ScalePurpose)drawn.Purpose, drawn.Reference);
    }
}
