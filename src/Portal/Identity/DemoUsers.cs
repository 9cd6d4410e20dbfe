using System.Security.Cryptography;
using Earmark.Storage.Book;

namespace Earmark.Portal.Identity;

/// <summary>Which sites the demo's operators see, and whom its borrower is. Site ids are separated by spaces.</summary>
public sealed record DemoScope(string RanchSiteIds, string WarehouseSiteIds, string FleetSiteIds, string BorrowerId, string BorrowerSiteIds)
{
    public (string SiteIds, string? BorrowerId) Of(string role) => role switch
    {
        Roles.RanchOperator => (RanchSiteIds, null),
        Roles.WarehouseOperator => (WarehouseSiteIds, null),
        Roles.FleetOperator => (FleetSiteIds, null),
        Roles.Borrower => (BorrowerSiteIds, BorrowerId),
        _ => ("", null),
    };
}

public sealed record DemoUser(string UserName, string Role, string Password);

/// <summary>One user a role, named like the role, with a random password that is printed once and kept only as a hash.</summary>
public static class DemoUsers
{
    // No letters that look alike; about 59 bits in three groups of four.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>Users that exist already are left as they are and not returned.</summary>
    public static async Task<IReadOnlyList<DemoUser>> CreateAsync(IIdentity identity, string institutionId, DemoScope scope, CancellationToken cancel)
    {
        var made = new List<DemoUser>();
        foreach (var role in Roles.All)
        {
            var password = RandomPassword();
            var (siteIds, borrowerId) = scope.Of(role);
            var hash = await Task.Run(() => Passwords.Hash(password), cancel);
            if (await identity.AddUserAsync(new UserRow(role, institutionId, role, role, hash, siteIds, borrowerId), cancel))
            {
                made.Add(new DemoUser(role, role, password));
            }
        }

        return made;
    }

    private static string RandomPassword() =>
        string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetString(Letters, 4)));
}
