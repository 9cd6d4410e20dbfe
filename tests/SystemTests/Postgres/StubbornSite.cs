using Earmark.Storage.Journal;
using Earmark.Tests.Storage.Journal;

namespace Earmark.SystemTests.Postgres;

/// <summary>
/// A site that goes on writing through every fault as a grain does: what was not written is tried again, and after an unknown
/// outcome it takes a new epoch and reads where the journal stands. Counts what it was told is durable.
/// </summary>
internal sealed class StubbornSite(IJournal journal, string siteId)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private Chain? chain;

    public string SiteId => siteId;

    /// <summary>The last position whose append was answered with true.</summary>
    public long Acknowledged { get; private set; }

    public int Unavailable { get; private set; }

    public int Unknown { get; private set; }

    public async Task WriteAsync(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            try
            {
                chain ??= await Chain.Take(journal, siteId);
                Assert.True(await chain.Append(journal, entries: 2, bodyBytes: 500), $"{siteId} was fenced, and nobody else writes it");
                Acknowledged = chain.Position;
            }
            catch (JournalUnavailableException)
            {
                Unavailable++;
                await Task.Delay(Pause, CancellationToken.None);
            }
            catch (Exception unknown) when (unknown is not Xunit.Sdk.XunitException)
            {
                Unknown++;
                chain = null;
            }
        }
    }
}
