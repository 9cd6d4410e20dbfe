using Earmark.Contracts.Sites;
using Earmark.Silo.Sites.Snapshots;
using Earmark.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Sites;

/// <summary>What a site tells of itself, and its snapshots.</summary>
internal abstract partial class SiteGrain
{
    /// <summary>Entries between two snapshots of a small site; a large one waits for as many as a sixteenth of its assets.</summary>
    public const int EntriesPerSnapshot = 2_000;

    /// <summary>A summary of a larger site has no state hash: it would take tens of milliseconds of the writer's time at each glance.</summary>
    public const int HashedAssets = 20_000;

    private long _snapshotAt;
    private Task _saving = Task.CompletedTask;
    private (long Position, byte[] Hash) _stateHash = (-1, []);

    public async ValueTask Flush()
    {
        await _opening;
        await (_outbound ?? throw Ended()).FlushAsync();
    }

    public async ValueTask<CommandReceipt?> WhyNot(SiteCommand command)
    {
        var fold = await FoldedAsync();
        return fold.Core.Commands.TryFind(command.CommandId, out _, out _) ? null : fold.Check(command);
    }

    public async ValueTask<SiteSummary> Summary()
    {
        var fold = await FoldedAsync();
        if (_stateHash.Position != fold.Core.Position)
        {
            _stateHash = (fold.Core.Position, fold.AssetCount <= HashedAssets ? fold.StateHash() : []);
        }

        return fold.Summary(_writer!.Epoch, _writer.Hash, _stateHash.Hash, _duplicates);
    }

    public async ValueTask<DeviceActivity?> Activity(string deviceId)
    {
        var fold = await FoldedAsync();
        return fold.Core.Devices.Find(deviceId) is { } device
            ? device.Activity(device.Number < _duplicates.Length ? _duplicates[device.Number] : 0)
            : fold.HeardThroughOthers(deviceId);
    }

    public async ValueTask<CollateralReport?> ReportFor(string facilityId)
    {
        var fold = await FoldedAsync();
        return fold.Core.Facilities.TryFind(facilityId, out _) ? fold.Report(facilityId, _writer!.Epoch, _revision) : null;
    }

    public async ValueTask<AssetPage> Assets(AssetQuery query) => (await FoldedAsync()).Assets(query);

    public async ValueTask<AssetDetail?> Asset(string assetId) => (await FoldedAsync()).Asset(assetId);

    private async Task<SiteFold> FoldedAsync()
    {
        await _opening;
        return _ended is null ? _fold! : throw Ended();
    }

    private InvalidOperationException Ended() => new($"{SiteId} ended here: {NotReady()}");

    private void SnapshotWhenDue()
    {
        var every = Math.Max(EntriesPerSnapshot, _fold!.AssetCount / 16);
        if (_saving.IsCompleted && _writer!.Position - _snapshotAt >= every)
        {
            _saving = SaveSnapshotAsync();
        }
    }

    // Taken here, between two entries; written while the site goes on.
    private async Task SaveSnapshotAsync()
    {
        if (_writer!.Position == _snapshotAt)
        {
            return;
        }

        var snapshot = new SiteSnapshot(SiteId, _writer.Epoch, _writer.Position, _writer.Hash, SiteFold.ApplyVersion, _fold!.Snapshot());
        _snapshotAt = snapshot.Position;
        try
        {
            await journal.SaveSnapshotAsync(snapshot, CancellationToken.None);
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "No snapshot of {SiteId} at {Position}; the next replay is longer", SiteId, snapshot.Position);
        }
    }
}
