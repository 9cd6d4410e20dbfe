using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Nmea;

/// <summary><c>nmea</c>: NMEA 0183 positions of RTK and indoor nodes and of logger files. Source: NMEA 0183 up to 4.11 as documented by receiver makers.</summary>
public sealed class NmeaProtocol : Protocol<NmeaSentence>
{
    /// <summary>The standard says 82; receivers of high precision write more.</summary>
    private const int LongestLine = 120;

    private static readonly string[] Talkers = ["GP", "GN", "GL", "GA", "BD", "GB"];

    public override string Name => "nmea";

    public override bool IsLines => true;

    public override FrameFinder Finder(ProtocolSettings settings) => new LineFinder(LongestLine, "$", line => TryRead(line, settings, out _, out _));

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out NmeaSentence message, out Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(settings);
        message = null!;
        ReadOnlySpan<byte> line = item.TrimEnd("\r\n"u8);
        refusal = Check(line, settings.Lenient, out int end, out bool overlooked);
        if (!refusal.IsNone)
        {
            return false;
        }
        string text = System.Text.Encoding.ASCII.GetString(line[1..end]);
        string[] parts = text.Split(',');
        string talker = parts[0].Length == 5 ? parts[0][..2] : "";
        string kind = parts[0].Length == 5 ? parts[0][2..] : "";
        string[] fields = parts[1..];
        if (!Talkers.Contains(talker) || !NmeaMeaning.IsKnown(kind))
        {
            refusal = new Refusal(WireReasons.UnknownMessage, talker.Length > 0 && Talkers.Contains(talker) ? 3 : 1);
            return false;
        }
        (int least, int most) = NmeaMeaning.Count(kind);
        if (fields.Length < least || fields.Length > most)
        {
            refusal = new Refusal(WireReasons.BadFormat, fields.Length < least ? end : 1);
            return false;
        }
        NmeaFields reader = new(fields, 1 + parts[0].Length + 1);
        NmeaFix fix = NmeaMeaning.Read(kind, reader);
        refusal = reader.Wrong;
        message = new NmeaSentence(talker, kind, fields, fix, overlooked);
        return refusal.IsNone;
    }

    public override void Write(NmeaSentence message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        string text = $"{message.Talker}{message.Kind},{string.Join(',', message.Fields)}";
        byte xor = 0;
        foreach (char character in text)
        {
            xor ^= (byte)character;
        }
        output.WriteAscii($"${text}*{xor:X2}\r\n");
    }

    protected override string MessageName(NmeaSentence message) => message.Kind.ToLowerInvariant();

    protected override void WriteFields(Utf8JsonWriter json, NmeaSentence message, ProtocolSettings settings)
    {
        NmeaFix fix = message.Fix;
        json.WriteString("talker", message.Talker);
        if (settings.Lenient)
        {
            json.WriteStartArray("overlooked");
            if (message.ChecksumOverlooked)
            {
                json.WriteStringValue("checksum");
            }
            json.WriteEndArray();
        }
        if (fix.Located is { } located)
        {
            json.WriteBoolean("located", located);
            json.WriteNumberOrNull("latitude", fix.Latitude);
            json.WriteNumberOrNull("longitude", fix.Longitude);
        }
        if (message.Kind == "GGA")
        {
            json.WriteNumberOrNull("altitudeMetres", fix.AltitudeMetres);
            json.WriteNumberOrNull("satellites", fix.Satellites);
            json.WriteNumberOrNull("horizontalDilution", fix.HorizontalDilution);
            json.WriteNumberOrNull("geoidSeparationMetres", fix.GeoidSeparationMetres);
        }
        if (message.Kind is "RMC" or "VTG")
        {
            json.WriteNumberOrNull("speedKilometresPerHour", fix.SpeedKilometresPerHour);
            json.WriteNumberOrNull("directionDegrees", fix.DirectionDegrees);
        }
        if (message.Kind == "RMC")
        {
            json.WriteTimeOrNull("time", fix.Time);
        }
        if (message.Kind != "VTG")
        {
            json.WriteString("timeOfDay", fix.TimeOfDay is { } time ? (DateTime.UnixEpoch + time).ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) : null);
        }
        json.WriteString("quality", fix.Quality);
    }

    /// <summary>Start, checksum and characters; <paramref name="end"/> is where the fields end.</summary>
    private static Refusal Check(ReadOnlySpan<byte> line, bool lenient, out int end, out bool overlooked)
    {
        end = line.IndexOf((byte)'*');
        overlooked = false;
        if (line.Length < 7 || line.Length > LongestLine)
        {
            return new Refusal(line.Length < 7 ? WireReasons.Truncated : WireReasons.Oversize, line.Length < 7 ? line.Length : LongestLine);
        }
        if (line[0] != (byte)'$')
        {
            return new Refusal(WireReasons.BadStart, 0);
        }
        int strange = line.IndexOfAnyExceptInRange((byte)' ', (byte)'~');
        if (strange >= 0 || line[1..].IndexOf((byte)'$') >= 0)
        {
            return new Refusal(WireReasons.BadFormat, strange >= 0 ? strange : 1 + line[1..].IndexOf((byte)'$'));
        }
        if (end < 0)
        {
            end = line.Length;
            overlooked = lenient;
            return lenient ? default : new Refusal(WireReasons.NoChecksum, line.Length);
        }
        byte xor = 0;
        foreach (byte character in line[1..end])
        {
            xor ^= character;
        }
        ReadOnlySpan<byte> check = line[(end + 1)..];
        bool hex = check.Length == 2 && char.IsAsciiHexDigit((char)check[0]) && char.IsAsciiHexDigit((char)check[1]);
        bool holds = hex && Convert.ToByte(System.Text.Encoding.ASCII.GetString(check), 16) == xor;
        overlooked = lenient && !holds;
        return holds || lenient ? default : new Refusal(WireReasons.BadChecksum, end + 1);
    }
}
