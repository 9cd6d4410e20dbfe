using Earmark.Portal.Api.Devices;

namespace Earmark.Portal.Onboarding;

public enum ImportState
{
    Running,
    Finished,

    /// <summary>The connection or a grain went away; sending the same file under the same id goes on where it was.</summary>
    Interrupted,

    /// <summary>Too many refusals or rows, or a header that does not fit.</summary>
    Stopped,
}

/// <param name="Line">Line of the file, from 1, the header included.</param>
public sealed record ImportProblem(int Line, string Reason, string Detail);

/// <summary>One import and how far it is. Written by its run, read by whoever asks for progress.</summary>
public sealed class Import(string importId, string institutionId, string siteId, string what, DateTimeOffset startedAt)
{
    private readonly Lock turn = new();
    private readonly List<ImportProblem> problems = [];

    public string ImportId => importId;

    public string InstitutionId => institutionId;

    public string SiteId => siteId;

    /// <summary>animals, lots, shipments or devices.</summary>
    public string What => what;

    public DateTimeOffset StartedAt => startedAt;

    public ImportState State { get; internal set; } = ImportState.Running;

    /// <summary>Why it stopped; null otherwise.</summary>
    public string? StoppedBecause { get; internal set; }

    public int RowsRead { get; internal set; }

    public int Accepted { get; internal set; }

    public int Refused { get; private set; }

    public IReadOnlyList<ImportProblem> Problems
    {
        get
        {
            lock (turn)
            {
                return [.. problems];
            }
        }
    }

    /// <summary>Secrets of devices it added; handed out with the answer of the run and never again.</summary>
    internal List<DeviceEnrolled> Enrolled { get; } = [];

    internal void Refuse(int line, string reason, string detail)
    {
        lock (turn)
        {
            Refused++;
            if (problems.Count < PortalLimits.ImportProblemsKept)
            {
                problems.Add(new ImportProblem(line, reason, detail));
            }
        }
    }
}
