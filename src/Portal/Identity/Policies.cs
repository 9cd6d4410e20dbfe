using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;

namespace Earmark.Portal.Identity;

/// <summary>
/// Authorization policies. Those for pages take the sign-in cookie, those for the API a bearer key and nothing else,
/// so that no foreign site can make a browser call the API.
/// </summary>
public static class Policies
{
    public const string Bank = "bank";
    public const string Lending = "lending";
    public const string Onboarding = "onboarding";
    public const string Admin = "admin";

    public const string ApiAny = "api";
    public const string ApiBank = "api-bank";
    public const string ApiLending = "api-lending";
    public const string ApiOnboarding = "api-onboarding";

    public static void AddTo(AuthorizationOptions options)
    {
        options.DefaultPolicy = Of(CookieAuthenticationDefaults.AuthenticationScheme, Roles.All);
        Add(options, Bank, CookieAuthenticationDefaults.AuthenticationScheme, Roles.Bank);
        Add(options, Lending, CookieAuthenticationDefaults.AuthenticationScheme, Roles.Lending);
        Add(options, Onboarding, CookieAuthenticationDefaults.AuthenticationScheme, Roles.Onboarding);
        Add(options, Admin, CookieAuthenticationDefaults.AuthenticationScheme, [Roles.Admin]);
        Add(options, ApiAny, ApiKeyHandler.Scheme, Roles.All);
        Add(options, ApiBank, ApiKeyHandler.Scheme, Roles.Bank);
        Add(options, ApiLending, ApiKeyHandler.Scheme, Roles.Lending);
        Add(options, ApiOnboarding, ApiKeyHandler.Scheme, Roles.Onboarding);
    }

    private static void Add(AuthorizationOptions options, string name, string scheme, string[] roles) =>
        options.AddPolicy(name, Of(scheme, roles));

    private static AuthorizationPolicy Of(string scheme, string[] roles) =>
        new AuthorizationPolicyBuilder(scheme).RequireAuthenticatedUser().RequireRole(roles).Build();
}
