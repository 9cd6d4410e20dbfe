using System.Security.Cryptography;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Storage;
using Earmark.Storage.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace Earmark.SystemTests.Broker;

/// <summary>The frames in the journal of the demo's ranch, but for those of its opening count (boot 1).</summary>
internal static class RanchJournal
{
    public static async Task<List<string>> LinesAsync(StorageOptions storage)
    {
        await using var services = new ServiceCollection().AddLogging().AddEarmarkStorage(storage).BuildServiceProvider();
        var journal = services.GetRequiredService<IJournal>();
        List<string> lines = [];
        for (long position = 0; await journal.ReadAsync("demo-ranch", position, JournalLimits.EntriesPerRead, default) is { Count: > 0 } entries; position = entries[^1].Position)
        {
            lines.AddRange(entries.Where(entry => entry.Kind == EntryKind.Frame).Select(entry => Line(entry.Body)).Where(line => line.Split(' ')[1] != "1"));
        }

        return lines;
    }

    public static string Line(byte[] frame)
    {
        Assert.True(EnvelopeCodec.TryRead(frame, out var header, out _));
        return $"{header.Device} {header.Boot} {header.Sequence} {Convert.ToHexStringLower(SHA256.HashData(frame))}";
    }
}
