namespace Earmark.Storage.Journal;

/// <summary>What every journal refuses before it takes an append: a mistake of the caller must not fail its group.</summary>
public static class AppendRules
{
    public const int DeviceIdLength = 64;

    /// <summary>Bytes of all bodies.</summary>
    /// <exception cref="ArgumentException">No entries or too many, a body or a hash of the wrong size, a device id that is too long or not printable ASCII, a head hash that is not the last entry's, or a time finer than the milliseconds that are kept.</exception>
    public static int Check(JournalAppend append)
    {
        Refuse(append.Entries.Count is 0 or > JournalLimits.EntriesPerAppend, $"An append has 1–{JournalLimits.EntriesPerAppend} entries.");
        Refuse(append.SiteId.Contains('\0', StringComparison.Ordinal), "A site's name has no NUL.");
        var bytes = 0L;
        foreach (var entry in append.Entries)
        {
            Refuse(entry.Body.Length > JournalLimits.EntryBytes, $"An entry has at most {JournalLimits.EntryBytes} bytes.");
            Refuse(entry.Hash.Length != JournalLimits.HashBytes, $"A hash has {JournalLimits.HashBytes} bytes.");
            Refuse(entry.DeviceId.Length > DeviceIdLength, $"A device id has at most {DeviceIdLength} characters.");
            Refuse(entry.DeviceId.AsSpan().ContainsAnyExceptInRange(' ', '~'), "A device id is of printable ASCII characters.");
            Refuse(entry.At.Ticks % TimeSpan.TicksPerMillisecond != 0, "An entry's time is in whole milliseconds, or a replay would see another time.");
            bytes += entry.Body.Length;
        }

        Refuse(!append.NewHash.AsSpan().SequenceEqual(append.Entries[^1].Hash), "The new head is the last entry's hash.");
        return (int)Math.Min(bytes, int.MaxValue);
    }

    private static void Refuse(bool refused, string because)
    {
        if (refused)
        {
            throw new ArgumentException(because);
        }
    }
}
