using System.CommandLine;
using System.Globalization;
using Earmark.FirmwareProtocols.WarehouseScale;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.Host.Commands;

/// <summary>What a device was set to and its bytes don't say.</summary>
internal sealed class SettingsOptions
{
    private const int MostDecimals = 6;
    private static readonly TimeSpan FarthestZone = TimeSpan.FromHours(14);

    private readonly Option<string> _zone = new("--zone") { Description = "Zone of times without one, such as +08:00 (JT/T 808).", DefaultValueFactory = _ => "+08:00" };
    private readonly Option<bool> _lenient = new("--lenient") { Description = "Overlooks a wrong or missing checksum and a wrong length, and says so." };
    private readonly Option<string> _unit = new("--unit") { Description = "Unit of weights whose line has none: g, kg, t, lb.", DefaultValueFactory = _ => "kg" };
    private readonly Option<int> _decimals = new("--decimals") { Description = "Decimals of a Modbus weight, 0 to 6." };
    private readonly Option<bool> _lowWordFirst = new("--low-word-first") { Description = "A 32-bit Modbus weight has its low word first." };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_zone, _lenient, _unit, _decimals, _lowWordFirst])
        {
            command.Add(option);
        }
    }

    public bool TryRead(ParseResult parsed, out ProtocolSettings settings, out string reason)
    {
        settings = ProtocolSettings.Default;
        reason = "";
        var zone = parsed.GetValue(_zone)!;
        if (!TryZone(zone, out var offset))
        {
            reason = $"--zone: '{zone}' is no zone such as +08:00 or Z.";
        }
        else if (!WeightUnits.TryParse(parsed.GetValue(_unit), out var unit))
        {
            reason = "--unit: g, kg, t or lb.";
        }
        else if (parsed.GetValue(_decimals) is < 0 or > MostDecimals)
        {
            reason = $"--decimals: 0 to {MostDecimals}.";
        }
        else
        {
            settings = new ProtocolSettings
            {
                Zone = offset,
                Lenient = parsed.GetValue(_lenient),
                Unit = unit,
                Decimals = parsed.GetValue(_decimals),
                LowWordFirst = parsed.GetValue(_lowWordFirst),
            };
        }

        return reason.Length == 0;
    }

    private static bool TryZone(string text, out TimeSpan zone)
    {
        zone = TimeSpan.Zero;
        if (text is "Z" or "UTC")
        {
            return true;
        }

        var west = text.StartsWith('-');
        var good = (west || text.StartsWith('+')) && TimeSpan.TryParseExact(text[1..], "hh\\:mm", CultureInfo.InvariantCulture, out zone) && zone <= FarthestZone;
        zone = west ? -zone : zone;
        return good;
    }
}
