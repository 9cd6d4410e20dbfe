namespace Earmark.FirmwareProtocols.Json;

/// <summary>The first thing found wrong in a line to be encoded, with the name of its field.</summary>
internal sealed class Complaint
{
    public string? Reason { get; private set; }

    public void About(string field, string what) => Reason ??= $"{field} {what}";
}
