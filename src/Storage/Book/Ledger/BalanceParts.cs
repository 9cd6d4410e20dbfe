using System.Text;

namespace Earmark.Storage.Book;

/// <summary>
/// Which part of an account's balance a posting adds to. An account of one loan or facility has one part, so that its balance is one row; what
/// everybody posts to (income of the institution, a payee, a settlement account) has many, chosen by the transfer's id, so that
/// transactions seldom wait for each other.
/// </summary>
internal static class BalanceParts
{
    public const int Count = 16;

    private const string Payee = "entrusted-payment/";
    private const uint Fnv1aBasis = 2_166_136_261;
    private const uint Fnv1aPrime = 16_777_619;

    public static int Of(string account, string institutionId, string transferId) => IsShared(account, institutionId) ? Hash(transferId) : 0;

    private static bool IsShared(string account, string institutionId) =>
        !account.Contains('/', StringComparison.Ordinal)
        || account.StartsWith(Payee, StringComparison.Ordinal)
        || TransferPosting.OwnerOf(account) == institutionId;

    // The same on every machine and run: a repeated id must find its rows as they were.
    private static int Hash(string transferId)
    {
        var hash = Fnv1aBasis;
        foreach (var letter in Encoding.UTF8.GetBytes(transferId))
        {
            hash = (hash ^ letter) * Fnv1aPrime;
        }

        return (int)(hash % Count);
    }
}
