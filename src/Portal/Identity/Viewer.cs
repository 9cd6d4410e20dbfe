using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Earmark.Portal.Identity;

/// <summary>
/// Who asks: the scope of every query. A bank role sees its institution; anyone else only the sites named, and a
/// borrower only its own facilities.
/// </summary>
public sealed record Viewer(string Name, string InstitutionId, string Role, IReadOnlySet<string> SiteIds, string? BorrowerId)
{
    private const string InstitutionClaim = "earmark:institution";
    private const string SitesClaim = "earmark:sites";
    private const string BorrowerClaim = "earmark:borrower";

    public bool IsBank => Roles.Bank.Contains(Role);

    public bool IsBorrower => Role == Roles.Borrower;

    public bool MaySeeSite(string institutionId, string siteId) =>
        institutionId == InstitutionId && (IsBank || SiteIds.Contains(siteId));

    public bool MaySeeFacility(string institutionId, string borrowerId) =>
        institutionId == InstitutionId && (IsBank || (IsBorrower && borrowerId == BorrowerId));

    public static ClaimsPrincipal ToPrincipal(string scheme, string name, string institutionId, string role, string siteIds, string? borrowerId)
    {
        var identity = new ClaimsIdentity(scheme);
        identity.AddClaim(new Claim(ClaimTypes.Name, name));
        identity.AddClaim(new Claim(ClaimTypes.Role, role));
        identity.AddClaim(new Claim(InstitutionClaim, institutionId));
        identity.AddClaim(new Claim(SitesClaim, siteIds));
        if (borrowerId is not null)
        {
            identity.AddClaim(new Claim(BorrowerClaim, borrowerId));
        }

        return new ClaimsPrincipal(identity);
    }

    /// <summary>Null for a principal that is not signed in.</summary>
    public static Viewer? Of(ClaimsPrincipal principal) =>
        principal.FindFirstValue(InstitutionClaim) is not { } institution ? null : new Viewer(
            principal.FindFirstValue(ClaimTypes.Name) ?? "",
            institution,
            principal.FindFirstValue(ClaimTypes.Role) ?? "",
            (principal.FindFirstValue(SitesClaim) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal),
            principal.FindFirstValue(BorrowerClaim));

    /// <summary>Binds the parameter of an endpoint; the endpoint's policy has made sure that there is one.</summary>
    public static ValueTask<Viewer?> BindAsync(HttpContext context, ParameterInfo parameter) => new(Of(context.User));
}
