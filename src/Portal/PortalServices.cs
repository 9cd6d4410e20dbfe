using System.Text.Encodings.Web;
using System.Text.Unicode;
using Earmark.Portal.Api;
using Earmark.Portal.Forms;
using Earmark.Portal.Http;
using Earmark.Portal.Identity;
using Earmark.Portal.Live;
using Earmark.Portal.Reads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Earmark.Portal;

/// <summary>
/// Registers the portal. The host brings <c>IGrainFactory</c>, the stores of Earmark.Storage and <c>DomainClock</c>.
/// </summary>
public static class PortalServices
{
    public static IServiceCollection AddEarmarkPortal(this IServiceCollection services, PortalOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddPortalIdentity(options);
        services.AddPortalRateLimits();
        services.AddPortalReads();
        services.AddPageReads();
        services.AddSingleton<FormAudit>();
        services.AddSingleton<Onboarding.ImportUploads>();
        services.AddPortalApi();
        services.AddPortalLive();
        services.AddExceptionHandler<ApiErrors>();
        services.AddProblemDetails();
        services.AddLocalization();
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        // Chinese as itself instead of as numeric references: half the bytes, and readable in the source of a page.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddRazorComponents();
        return services;
    }
}
