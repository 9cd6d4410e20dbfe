using System.Security.Claims;
using Earmark.Storage.Book;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Earmark.Portal.Identity;

/// <summary>What became of a sign-in: a principal, or a reason (wrong, locked) with until when.</summary>
public readonly record struct SignInResult(ClaimsPrincipal? Principal, string? Reason, DateTimeOffset? LockedUntil);

/// <summary>Checks names and passwords. Real time: a lock must not end because the domain's clock is stepped.</summary>
public sealed class SignIns(IIdentity identity, TimeProvider time)
{
    public const string Wrong = "wrong-name-or-password";
    public const string Locked = "locked";

    /// <summary>
    /// Every try is counted as failed before the password is looked at and cleared after a right one: many tries at once
    /// then cannot outrun the count. A locked name is refused even with the right password.
    /// </summary>
    public async Task<SignInResult> TryAsync(string userName, string password, CancellationToken cancel)
    {
        var user = Contracts.Names.IsValid(userName) ? await identity.UserAsync(userName, cancel) : null;
        var locked = user is null ? null : await identity.FailedSignInAsync(userName, time.GetUtcNow(), cancel);
        if (locked is { } until)
        {
            return new SignInResult(null, Locked, until);
        }

        var right = await Task.Run(() => Passwords.Verify(password, user?.PasswordHash ?? Passwords.Nobody), cancel);
        if (user is null || !right)
        {
            return new SignInResult(null, Wrong, null);
        }

        var now = time.GetUtcNow();
        await identity.SucceededSignInAsync(userName, now, cancel);
        await identity.AuditAsync(new AuditRow(user.InstitutionId, now, userName, "signed-in", userName, ""), cancel);
        return new SignInResult(
            Viewer.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme, user.UserName, user.InstitutionId, user.Role, user.SiteIds, user.BorrowerId),
            null,
            null);
    }
}
