using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Storage.Book;

namespace Earmark.Silo.Devices.Registering;

/// <summary>Assets that leave for good. What is pledged leaves only by a release, except the dead, which no order brings back.</summary>
internal sealed class Removals(IRegister register, ILendingBook lending, DomainClock clock)
{
    public const string Dead = "dead";

    private static readonly string[] Becauses = ["sold", Dead, "slaughtered", "consumed", "delivered"];

    public async Task<CommandReceipt?> WhyNot(RemoveAssets remove)
    {
        if (!Becauses.Contains(remove.Because, StringComparer.Ordinal))
        {
            return CommandReceipt.Refuse("unknown-because", $"An asset leaves as {string.Join(", ", Becauses)}.");
        }

        if (remove.Because == Dead)
        {
            return null;
        }

        foreach (var assetId in remove.AssetIds)
        {
            if (await lending.ActivePledgeAsync(assetId, CancellationToken.None) is { } pledge)
            {
                return CommandReceipt.Refuse("pledged", $"pledged: release first ({assetId} secures {pledge.FacilityId})");
            }
        }

        return null;
    }

    public async Task Conclude(RemoveAssets remove)
    {
        var now = clock.GetUtcNow();
        await register.EndAssetsAsync(remove.AssetIds, remove.Because, now, CancellationToken.None);
        foreach (var assetId in remove.AssetIds)
        {
            await register.UnbindAsync(assetId, remove.Because, now, CancellationToken.None);
        }
    }
}
