using System.Text.Json;

namespace Earmark.FirmwareProtocols.Json;

/// <summary>Names of the bits of a flag byte; in JSON an array of the names that are set, lowest bit first.</summary>
internal sealed class FlagNames(params string[] namesFromBitZero)
{
    public void Write(Utf8JsonWriter json, string field, byte flags)
    {
        json.WriteStartArray(field);
        for (int bit = 0; bit < namesFromBitZero.Length; bit++)
        {
            if ((flags & (1 << bit)) != 0)
            {
                json.WriteStringValue(namesFromBitZero[bit]);
            }
        }
        json.WriteEndArray();
    }

    /// <summary>Missing means none.</summary>
    public byte Read(JsonFields fields, string field)
    {
        byte flags = 0;
        foreach (string name in fields.Texts(field, namesFromBitZero.Length))
        {
            int bit = Array.IndexOf(namesFromBitZero, name);
            if (bit < 0)
            {
                fields.Complain(field, $"may hold {string.Join(", ", namesFromBitZero)}, not \"{name}\"");
                return 0;
            }
            flags |= (byte)(1 << bit);
        }
        return flags;
    }
}
