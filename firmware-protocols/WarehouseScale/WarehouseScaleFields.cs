using System.Globalization;
using System.Text.Json;
using Earmark.FirmwareProtocols.Json;

namespace Earmark.FirmwareProtocols.WarehouseScale;

/// <summary>
/// A reading in a decoded line: <c>gross, tare, net</c> as the exact texts of the display in <c>unit</c> (gross and net null with over- or
/// underload), <c>decimalExponent</c> of their last digit, <c>netKilograms</c> exact, <c>scaleFlags, purpose, reference</c>.
/// </summary>
internal static class WarehouseScaleFields
{
    private static readonly FlagNames Flags = new("stable", "overload", "underload", "zero", "tare-active");
    private static readonly string[] Purposes = ["continuous", "inbound", "outbound", "check"];

    public static void Write(Utf8JsonWriter json, in ScaleReading reading)
    {
        json.WriteString("gross", reading.HasWeight ? Text(reading.Displayed(reading.Gross)) : null);
        json.WriteString("tare", Text(reading.Displayed(reading.Tare)));
        json.WriteString("net", reading.HasWeight ? Text(reading.Displayed(reading.Net)) : null);
        json.WriteString("unit", WeightUnits.Symbol(reading.Unit));
        json.WriteNumber("decimalExponent", reading.Exponent);
        json.WriteString("netKilograms", NetKilograms(reading));
        Flags.Write(json, "scaleFlags", (byte)reading.Flags);
        json.WriteString("purpose", Purposes[(int)reading.Purpose]);
        json.WriteString("reference", reading.Reference.IsEmpty ? null : reading.Reference.ToString());
    }

    /// <summary>
    /// Gives the payload's length; meaningless after a complaint. <c>tare</c> (0), <c>net</c> (gross − tare), <c>decimalExponent</c> (as
    /// many decimals as are written), <c>netKilograms</c>, flags, <c>purpose</c> (continuous) and <c>reference</c> may be left out.
    /// </summary>
    public static int Read(JsonFields fields, Complaint complaint, Span<byte> payload)
    {
        ScaleFlags flags = (ScaleFlags)Flags.Read(fields, "scaleFlags");
        bool weighed = (flags & (ScaleFlags.Overload | ScaleFlags.Underload)) == 0;
        decimal gross = fields.Number("gross", required: weighed) ?? 0;
        decimal tare = fields.Number("tare", required: false) ?? 0;
        decimal? net = fields.Number("net", required: false);
        int decimals = Math.Max(gross.Scale, Math.Max(tare.Scale, net?.Scale ?? 0));
        long exponent = fields.Scaled(
            "decimalExponent", 0, WarehouseScaleCodec.MinExponent, WarehouseScaleCodec.MaxExponent, required: false) ?? -decimals;
        if (!WeightUnits.TryParse(fields.Text("unit"), out WeightUnit unit))
        {
            fields.Complain("unit", "must be g, kg, t or lb");
        }
        ScaleReading reading = new(
            Mantissa(fields, "gross", gross, exponent),
            Mantissa(fields, "tare", tare, exponent),
            Mantissa(fields, "net", net ?? (weighed ? gross - tare : 0), exponent),
            (sbyte)exponent, unit, flags, Purpose(fields), Reference(fields));
        decimal? netKilograms = fields.Number("netKilograms", required: false);
        if (complaint.Reason is null && WarehouseScaleCodec.Check(reading) is { IsNone: false } refusal)
        {
            complaint.About("fields", $"do not make a reading: {refusal.Reason} (net is gross − tare; overload and underload exclude each other, stable and zero, and any weight)");
        }
        if (complaint.Reason is null && netKilograms is not null && netKilograms != reading.NetGrams * 0.001m)
        {
            fields.Complain("netKilograms", $"is {NetKilograms(reading) ?? "null"} by net and unit");
        }
        return complaint.Reason is null ? WarehouseScaleCodec.Write(reading, payload) : 0;
    }

    private static int Mantissa(JsonFields fields, string field, decimal value, long exponent)
    {
        decimal step = exponent switch { 1 => 10m, 2 => 100m, 3 => 1_000m, _ => new decimal(1, 0, 0, false, (byte)Math.Clamp(-exponent, 0, 28)) };
        if (decimal.Remainder(value, step) == 0 && value >= int.MinValue * step && value <= int.MaxValue * step)
        {
            return (int)(value / step);
        }
        fields.Complain(field, string.Create(CultureInfo.InvariantCulture, $"must be a multiple of {step}, at most {int.MaxValue} of them"));
        return 0;
    }

    private static ScalePurpose Purpose(JsonFields fields)
    {
        int purpose = Array.IndexOf(Purposes, fields.Text("purpose", required: false) ?? Purposes[0]);
        if (purpose < 0)
        {
            fields.Complain("purpose", $"must be one of {string.Join(", ", Purposes)}");
        }
        return (ScalePurpose)Math.Max(purpose, 0);
    }

    private static ScaleReference Reference(JsonFields fields)
    {
        if (!ScaleReference.TryParse(fields.Text("reference", required: false), out ScaleReference reference))
        {
            fields.Complain("reference", $"must be at most {ScaleReference.MaxLength} characters of A–Z, a–z, 0–9, '.', '_', ':', '/' and '-'");
        }
        return reference;
    }

    private static string? NetKilograms(in ScaleReading reading) =>
        (reading.NetGrams * 0.001m)?.ToString("0.####################", CultureInfo.InvariantCulture);

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
