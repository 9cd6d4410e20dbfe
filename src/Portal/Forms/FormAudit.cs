using Earmark.Portal.Identity;
using Earmark.Storage.Book;

namespace Earmark.Portal.Forms;

/// <summary>Keeps who asked for what by a page's form, and what became of it; the API keeps its own requests likewise.</summary>
public sealed class FormAudit(IIdentity identity, TimeProvider time)
{
    /// <param name="form">Name of the form, e.g. draw.</param>
    /// <param name="subject">Facility, asset, device, site or alarm.</param>
    public async Task<Outcome> KeepAsync(Viewer viewer, string form, string subject, Outcome outcome)
    {
        await identity.AuditAsync(
            new AuditRow(viewer.InstitutionId, time.GetUtcNow(), viewer.Name, "form " + form, subject, outcome.Accepted ? "accepted" : "refused " + outcome.Reason),
            CancellationToken.None);
        return outcome;
    }
}
