namespace Earmark.Portal.Onboarding;

/// <summary>Imports under way and the last finished ones. In memory: after a restart an import is simply sent again under its id.</summary>
public sealed class Imports
{
    private readonly Lock turn = new();
    private readonly Dictionary<string, Import> imports = new(StringComparer.Ordinal);

    /// <summary>False with a reason when the id is running already or the institution has as many running as it may.</summary>
    public bool TryBegin(Import import, out string reason)
    {
        lock (turn)
        {
            var running = imports.Values.Count(other => other.InstitutionId == import.InstitutionId && other.State == ImportState.Running);
            reason = imports.TryGetValue(KeyOf(import), out var same) && same.State == ImportState.Running ? "import-running"
                : running >= PortalLimits.ImportsAtOncePerInstitution ? "too-many-imports"
                : "";
            if (reason.Length > 0)
            {
                return false;
            }

            imports[KeyOf(import)] = import;
            foreach (var old in imports.Values.Where(old => old.State != ImportState.Running).OrderBy(old => old.StartedAt)
                .Take(Math.Max(0, imports.Count - PortalLimits.ImportsKept)).ToArray())
            {
                imports.Remove(KeyOf(old));
            }

            return true;
        }
    }

    public Import? Find(string institutionId, string importId)
    {
        lock (turn)
        {
            return imports.GetValueOrDefault(institutionId + "/" + importId);
        }
    }

    private static string KeyOf(Import import) => import.InstitutionId + "/" + import.ImportId;
}
