using System.Globalization;
using Earmark.SystemTests.Running;

namespace Earmark.SystemTests.Faults;

/// <summary>
/// What one fault did to the frames, counted from the sender's own logs, the journal and the sites. Each is left as a row of
/// TestResults/faults.md, which <c>./test.sh --long</c> prints at its end and docs/faults.md keeps.
/// </summary>
/// <param name="Sent">Frames the sender made and has an answer to, or still holds.</param>
/// <param name="Acknowledged">Frames whose acknowledgement the sender has synced to its disk.</param>
/// <param name="Journaled">Frames of the sender in the journal, repeats included.</param>
/// <param name="Applied">Of them, those the state shown stands on.</param>
/// <param name="Lost">Acknowledged and not in the journal.</param>
/// <param name="Doubled">Identities that stand in the journal more than once.</param>
/// <param name="Recovery">From the end of the fault until frames were acknowledged again; the longest of several.</param>
internal sealed record FaultLine(string Fault, int Sent, int Acknowledged, int Journaled, int Applied, int Lost, int Doubled, TimeSpan Recovery)
{
    private const string Head =
        "| fault | sent | acknowledged | journaled | applied | lost | doubled | seconds to recover |\n|---|---|---|---|---|---|---|---|\n";

    private static readonly Lock Turn = new();

    private static readonly string Report = Path.Combine(Checkout.Root, "TestResults", "faults.md");

    /// <summary>Leaves the row, then fails unless nothing was lost or doubled and everything acknowledged was journaled and applied.</summary>
    public void KeepAndJudge()
    {
        lock (Turn)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Report)!);
            File.AppendAllText(Report, (File.Exists(Report) ? "" : Head) + Row());
        }

        Assert.Equal((0, 0), (Lost, Doubled));
        Assert.Equal((Acknowledged, Journaled), (Journaled, Applied));
    }

    private string Row() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Fault} | {Sent} | {Acknowledged} | {Journaled} | {Applied} | {Lost} | {Doubled} | {Recovery.TotalSeconds:0.0} |\n");
}
