using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Identity;
using Earmark.Portal.Layout;
using Earmark.Portal.Reads;
using Earmark.Storage.Book;
using Microsoft.AspNetCore.Components;
using Orleans;

namespace Earmark.Portal.Forms;

/// <summary>
/// What forms that declare something to a site share. They fill the same requests the API takes, so both have one set of
/// rules; the registrar then checks against the register.
/// </summary>
public abstract class DeclareForm : PortalPart
{
    [Inject]
    protected IGrainFactory Grains { get; set; } = null!;

    [Inject]
    protected FormAudit Audit { get; set; } = null!;

    [Inject]
    protected SiteReads Sites { get; set; } = null!;

    /// <summary>Told when something was accepted, so that the page may read again.</summary>
    [Parameter]
    public EventCallback OnDone { get; set; }

    protected Outcome? Outcome { get; set; }

    protected Viewer By => Viewer.Of(Http.User) ?? throw new InvalidOperationException("forms need a sign-in");

    protected IRegistrarGrain Registrar => Grains.GetGrain<IRegistrarGrain>(By.InstitutionId);

    /// <summary>What was entered, kept in the form after a refusal.</summary>
    protected string Was(string name, string otherwise = "") =>
        Outcome is { Accepted: false } && Http.Request.HasFormContentType ? Http.Request.Form[name].ToString() : otherwise;

    /// <summary>The site named by the form, when it is one the viewer may see and of that kind.</summary>
    protected async Task<SiteRow?> SiteAsync(Posted form, SiteKind? kind = null) =>
        form.Name("SiteId") is { } id && await Sites.FindAsync(By, id, Cancel) is { } site && (kind is null || site.Kind == (int)kind) ? site : null;

    /// <param name="request">Null where a field does not parse.</param>
    /// <param name="subject">What it is about, for the receipt.</param>
    protected async Task DeclareAsync(string form, SiteRow? site, IChecked? request, string subject, Func<SiteCommand> command)
    {
        if (site is null || request is null)
        {
            Outcome = Outcome.Wrong(site is null ? "unknown-site" : "bad-fields");
            return;
        }

        if (request.Check() is { } complaint)
        {
            Outcome = Complained(complaint);
            return;
        }

        var receipt = await Registrar.Declare(site.SiteId, command()).AsTask().WaitAsync(PortalLimits.GrainAnswer, Cancel);
        Outcome = await Audit.KeepAsync(By, form, subject, Outcome.Of(receipt, subject));
        if (receipt.Accepted)
        {
            await OnDone.InvokeAsync();
        }
    }

    protected static Outcome Complained(Complaint complaint) => new(false, "invalid-request", $"{complaint.Path}: {complaint.Detail}", null);

    /// <summary>A day as the instant it begins in the institution's zone.</summary>
    protected static DateTimeOffset? StartOf(DateOnly? day) => day is { } some ? Show.StartOf(some) : null;
}
