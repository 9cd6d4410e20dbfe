using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Earmark.Storage.Book;

namespace Earmark.Portal.Identity;

/// <summary>Keys for the API: 256 random bits, shown once; the Book keeps their SHA-256.</summary>
public static class ApiKeys
{
    private const int KeyBytes = 32;
    private const string Prefix = "ek_";

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Makes a key, keeps its hash and returns the key itself, which is never to be had again.</summary>
    public static async Task<string> CreateAsync(
        IIdentity identity, string institutionId, string role, string name, string siteIds, string? borrowerId, CancellationToken cancel)
    {
        var key = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        await identity.AddApiKeyAsync(new ApiKeyRow(HashOf(key), institutionId, role, name, siteIds, borrowerId), cancel);
        return key;
    }

    /// <summary>One key a role, for <c>demo-keys.json</c>; in the order of <see cref="Roles.All"/>, a bank role first.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> CreateDemoAsync(
        IIdentity identity, string institutionId, DemoScope scope, CancellationToken cancel)
    {
        var keys = new OrderedDictionary<string, string>();
        foreach (var role in Roles.All)
        {
            var (siteIds, borrowerId) = scope.Of(role);
            keys[role] = await CreateAsync(identity, institutionId, role, "demo-" + role, siteIds, borrowerId, cancel);
        }

        return keys;
    }
}
