using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Earmark.Storage.Book;

namespace Earmark.Portal.Identity;

internal static class IdentityServices
{
    public static void AddPortalIdentity(this IServiceCollection services, PortalOptions portal)
    {
        services.AddSingleton<SignIns>();
        services.AddDataProtection().SetApplicationName("earmark");
        services.AddOptions<KeyManagementOptions>()
            .Configure<IIdentity>((options, identity) => options.XmlRepository = new ProtectionKeys(identity));
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(options =>
            {
                options.Cookie.Name = "earmark";
                Tighten(options.Cookie, portal);
                options.LoginPath = "/sign-in";
                options.AccessDeniedPath = "/forbidden";
                options.ReturnUrlParameter = "returnTo";
                options.ExpireTimeSpan = PortalLimits.SignInLasts;
                options.SlidingExpiration = true;
            })
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Scheme, null);
        services.AddAuthorization(Policies.AddTo);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "earmark-forms";
            Tighten(options.Cookie, portal);
        });
    }

    private static void Tighten(CookieBuilder cookie, PortalOptions portal)
    {
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = portal.SecureCookies ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }
}
