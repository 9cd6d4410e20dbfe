using System.Buffers.Binary;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808.Messages;

/// <summary>A location with its items in a decoded line; an item that is unknown, comes again or has another length than its id has stays as hex.</summary>
internal static class Jt808LocationFields
{
    private const int SignBit = 0x8000;
    private const int UnknownTemperature = 0xFFFF;

    public static void Write(Utf8JsonWriter json, in Jt808Location location, ReadOnlySpan<byte> items, bool is2019)
    {
        json.WriteBoolean("located", location.IsLocated);
        json.WriteNumberOrNull("latitude", location.LatitudeE6 * 0.000001m);
        json.WriteNumberOrNull("longitude", location.LongitudeE6 * 0.000001m);
        json.WriteNumberOrNull("altitudeMetres", location.AltitudeMetres);
        json.WriteNumberOrNull("speedKilometresPerHour", location.SpeedDecikilometresPerHour * 0.1m);
        json.WriteNumberOrNull("directionDegrees", location.DirectionDegrees);
        json.WriteTimeOrNull("time", location.Time);
        Jt808Bits.WriteAlarms(json, "alarms", location.Alarms, is2019);
        Jt808Bits.WriteStatus(json, "status", location.Status);
        WriteKnown(json, items, is2019);
        WriteKept(json, items, is2019);
    }

    private static void WriteKnown(Utf8JsonWriter json, ReadOnlySpan<byte> bytes, bool is2019)
    {
        ulong seen = 0;
        Jt808Items items = new(bytes);
        while (items.MoveNext())
        {
            if (!IsNamed(items, is2019, ref seen))
            {
                continue;
            }
            ReadOnlySpan<byte> value = items.Value;
            switch (items.Id)
            {
                case 0x01: json.WriteNumber("mileageKilometres", BinaryPrimitives.ReadUInt32BigEndian(value) * 0.1m); break;
                case 0x02: json.WriteNumber("fuelLitres", BinaryPrimitives.ReadUInt16BigEndian(value) * 0.1m); break;
                case 0x03: json.WriteNumber("recorderSpeedKilometresPerHour", BinaryPrimitives.ReadUInt16BigEndian(value) * 0.1m); break;
                case 0x04: json.WriteNumber("eventId", BinaryPrimitives.ReadUInt16BigEndian(value)); break;
                case 0x06: json.WriteNumberOrNull("compartmentTemperatureCelsius", Temperature(BinaryPrimitives.ReadUInt16BigEndian(value))); break;
                case 0x25: json.WriteNumber("vehicleSignals", BinaryPrimitives.ReadUInt32BigEndian(value)); break;
                case 0x2A: json.WriteNumber("ioStatus", BinaryPrimitives.ReadUInt16BigEndian(value)); break;
                case 0x2B: json.WriteNumber("analogue", BinaryPrimitives.ReadUInt32BigEndian(value)); break;
                case 0x30: json.WriteNumber("signalStrength", value[0]); break;
                default: json.WriteNumber("satellites", value[0]); break;
            }
        }
    }

    private static void WriteKept(Utf8JsonWriter json, ReadOnlySpan<byte> bytes, bool is2019)
    {
        ulong seen = 0;
        json.WriteStartArray("items");
        Jt808Items items = new(bytes);
        while (items.MoveNext())
        {
            if (IsNamed(items, is2019, ref seen))
            {
                continue;
            }
            json.WriteStartObject();
            json.WriteString("id", $"0x{items.Id:x2}");
            json.WriteHex("hex", items.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (!items.Tail.IsEmpty)
        {
            json.WriteHex("tailHex", items.Tail);
        }
    }

    private static bool IsNamed(in Jt808Items item, bool is2019, ref ulong seen)
    {
        int length = item.Id switch
        {
            0x01 or 0x25 or 0x2B => 4,
            0x02 or 0x03 or 0x04 or 0x2A => 2,
            0x06 when is2019 => 2,
            0x30 or 0x31 => 1,
            _ => -1,
        };
        ulong bit = 1UL << (item.Id & 63);
        bool first = length == item.Value.Length && (seen & bit) == 0;
        seen |= first ? bit : 0;
        return first;
    }

    // A sign bit and a magnitude, not two's complement (2019, table 27).
    private static decimal? Temperature(ushort value) =>
        value == UnknownTemperature ? null : (value & SignBit) != 0 ? -(value & ~SignBit) : value;
}
