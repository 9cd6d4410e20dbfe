using Earmark.Contracts.Sites;
using Earmark.Silo.Sites.Writing;
using Earmark.Storage;
using Earmark.Storage.Book;
using Earmark.Storage.Journal;

namespace Earmark.Host.Backups;

/// <summary>What a folder of stores amounts to, computed from its journal and its ledger alone. Equal contents, equal proofs.</summary>
internal sealed record FolderProof(IReadOnlyList<SiteProof> Sites, IReadOnlyList<LedgerProof> Ledgers)
{
    /// <exception cref="InvalidDataException">A chain of hashes, of a site or of a ledger, does not hold; the message says where.</exception>
    public static async Task<FolderProof> OfAsync(string folder, CancellationToken cancel)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddEarmarkStorage(new StorageOptions { DataFolder = folder })
            .BuildServiceProvider();
        var register = services.GetRequiredService<IRegister>();
        var journal = services.GetRequiredService<IJournal>();
        var ledger = services.GetRequiredService<ILedger>();
        var seals = services.GetRequiredService<ILedgerSeals>();
        var sites = new List<SiteProof>();
        foreach (var site in (await register.SitesAsync(null, cancel)).OrderBy(site => site.SiteId, StringComparer.Ordinal))
        {
            var rebuilt = await SiteRebuild.FromNothingAsync(journal, (SiteKind)site.Kind, site.SiteId, null, cancel);
            sites.Add(new SiteProof(site.SiteId, rebuilt?.Position ?? 0, rebuilt?.ChainHead, rebuilt?.StateHash));
        }

        var ledgers = new List<LedgerProof>();
        foreach (var institution in (await register.InstitutionsAsync(cancel)).OrderBy(institution => institution.InstitutionId, StringComparer.Ordinal))
        {
            var chain = await seals.VerifyAsync(institution.InstitutionId, cancel);
            if (chain.BrokenAt is { } number)
            {
                throw new InvalidDataException($"Seal {number} of the ledger of {institution.InstitutionId} does not hold: a transfer is not what was sealed.");
            }

            var accounts = await ledger.TrialBalanceAsync(institution.InstitutionId, cancel);
            ledgers.Add(new LedgerProof(
                institution.InstitutionId, chain.Hash, accounts.Count, accounts.Sum(account => account.BalanceFen), accounts.Sum(account => Math.Max(0, account.BalanceFen))));
        }

        return new FolderProof(sites, ledgers);
    }

    /// <summary>Ledgers of the folder that don't sum to zero, said for people.</summary>
    public IEnumerable<string> Unbalanced() =>
        Ledgers.Where(ledger => ledger.SumFen != 0).Select(ledger => $"The ledger of {ledger.InstitutionId} sums to {ledger.SumFen} fen instead of zero.");

    /// <summary>Where another proof of the same contents says something else, said for people.</summary>
    public IEnumerable<string> Differences(FolderProof other)
    {
        var sites = other.Sites.ToDictionary(site => site.SiteId, StringComparer.Ordinal);
        var ledgers = other.Ledgers.ToDictionary(ledger => ledger.InstitutionId, StringComparer.Ordinal);
        return Sites.Where(site => sites.GetValueOrDefault(site.SiteId) != site)
            .Select(site => $"Site {site.SiteId} recomputes to another state than {site.StateHash} at {site.Position}.")
            .Concat(Ledgers.Where(ledger => ledgers.GetValueOrDefault(ledger.InstitutionId) != ledger).Select(ledger => $"The ledger of {ledger.InstitutionId} is another."))
            .Concat(other.Sites.Count != Sites.Count || other.Ledgers.Count != Ledgers.Count ? ["The number of sites or ledgers is another."] : []);
    }
}

/// <param name="ChainHead">Hash of the last entry; null, like <paramref name="StateHash"/>, for a site without entries.</param>
internal sealed record SiteProof(string SiteId, long Position, string? ChainHead, string? StateHash);

/// <param name="SealHash">Where the chain over its transfers ends.</param>
/// <param name="SumFen">Over all accounts: zero.</param>
/// <param name="DebitFen">Over the accounts in debit.</param>
internal sealed record LedgerProof(string InstitutionId, string SealHash, int Accounts, long SumFen, long DebitFen);
