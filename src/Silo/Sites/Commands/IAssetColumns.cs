namespace Earmark.Silo.Sites.Commands;

/// <summary>What every kind of asset can be asked and told by slot, so that pledge, release, cover, movement and removal are written once.</summary>
internal interface IAssetColumns
{
    bool TryFind(string assetId, out int slot);

    bool IsGone(int slot);

    /// <summary>Number of the facility it is pledged to; 0 when free.</summary>
    ushort FacilityOf(int slot);

    void Pledge(int slot, ushort facility, bool registered, long position);

    void Insure(int slot, uint until, long position);

    void Quarantine(int slot, bool quarantined, long position);

    void Move(int slot, ushort zone, long position);

    void Remove(int slot, Departure because, long position);
}

/// <summary>How an asset left. Numbers are in snapshots.</summary>
internal enum Departure : byte
{
    None = 0,
    Sold = 1,
    Dead = 2,
    Slaughtered = 3,
    Consumed = 4,
    Delivered = 5,
    Transferred = 6,
}

internal static class Departures
{
    private static readonly string[] Names = ["", "sold", "dead", "slaughtered", "consumed", "delivered", "transferred"];

    public static string Name(this Departure departure) => Names[(int)departure];

    /// <summary>What a person may declare; <c>transferred</c> only comes of a transfer.</summary>
    public static bool TryParse(string name, out Departure departure)
    {
        departure = (Departure)Math.Max(0, Array.IndexOf(Names, name));
        return departure is not (Departure.None or Departure.Transferred);
    }
}
