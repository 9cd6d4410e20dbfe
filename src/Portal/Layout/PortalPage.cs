using Earmark.Portal.Identity;
using Microsoft.AspNetCore.Http;

namespace Earmark.Portal.Layout;

/// <summary>
/// What every page has at hand besides: who asks. Pages inherit it through Pages/_Imports.razor. A page is rendered once
/// while its reads are under way and again after them: what it shows must stand before it is touched.
/// </summary>
public abstract class PortalPage : PortalPart
{
    /// <summary>Who asks. Only on pages that need sign-in, which is the default for everything in Pages.</summary>
    protected Viewer Viewer => Viewer.Of(Http.User) ?? throw new InvalidOperationException("the page needs no sign-in, so there is no viewer");

    /// <summary>Answers 404 and shows the page for it: for what does not exist and for what is not the viewer's to see.</summary>
    protected void AnswerNotFound()
    {
        Http.Response.StatusCode = StatusCodes.Status404NotFound;
        Missing = true;
    }

    /// <summary>Set by <see cref="AnswerNotFound"/>; the markup then shows <c>&lt;Nothing /&gt;</c> instead of itself.</summary>
    protected bool Missing { get; private set; }
}
