using System.Globalization;
using System.Text.Json;

namespace Earmark.FirmwareProtocols.Iso11784;

/// <summary>A code in a decoded line.</summary>
internal static class Iso11784Fields
{
    public static void Write(Utf8JsonWriter json, Iso11784Code code)
    {
        json.WriteString("number", code.Number);
        json.WriteNumber("country", code.Country);
        json.WriteString("national", code.National.ToString("000000000000", CultureInfo.InvariantCulture));
        json.WriteBoolean("animal", code.IsAnimal);
        json.WriteBoolean("maker", code.IsMaker);
        json.WriteBoolean("test", code.IsTest);
        json.WriteBoolean("dataBlock", code.HasDataBlock);
        json.WriteNumber("retagCounter", code.RetagCounter);
        json.WriteNumber("userInformation", code.UserInformation);
        json.WriteString("dotted", code.Dotted);
        json.WriteString("hex", code.Bits.ToString("X16", CultureInfo.InvariantCulture));
        json.WriteString("reversedHex", Iso11784Code.Reversed(code.Bits).ToString("X16", CultureInfo.InvariantCulture));
    }
}
