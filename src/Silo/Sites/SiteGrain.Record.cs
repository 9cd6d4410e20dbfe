using Earmark.Contracts.Sites;
using Earmark.Silo.Metering;
using Earmark.Silo.Sites.Commands;
using Earmark.Silo.Sites.Frames;
using Earmark.Silo.Sites.Writing;
using Earmark.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Sites;

/// <summary>The entrances of a site.</summary>
internal abstract partial class SiteGrain
{
    public async ValueTask<FrameReceipt[]> Record(FrameBatch batch)
    {
        if (batch.Frames.Length > SiteLimits.FramesPerBatch)
        {
            return Alike(batch, FrameOutcome.Refused, "batch-too-large");
        }

        if (NotReady() is { } reason)
        {
            return Alike(batch, FrameOutcome.NotRecorded, reason);
        }

        var admission = new BatchAdmission(_fold!, _writer!.Position, NextEntryTime());
        var receipts = admission.Admit(batch.Frames);
        Count(admission.Duplicates);
        if (admission.Drafts.Count > 0 && await AppendAndApplyAsync(admission.Drafts) is { } failed)
        {
            for (var at = 0; at < receipts.Length; at++)
            {
                receipts[at] = receipts[at].Outcome == FrameOutcome.Recorded
                    ? new FrameReceipt(FrameOutcome.NotRecorded, failed, 0)
                    : receipts[at];
            }
        }

        return receipts;
    }

    public async ValueTask<CommandReceipt> Submit(SiteCommand command)
    {
        if (NotReady() is { } reason)
        {
            return CommandReceipt.Refuse(reason, "Nothing was journaled; try again with the same id.");
        }

        if (command.CommandId.Length is 0 or > CommandWindow.MaximumIdLength)
        {
            return CommandReceipt.Refuse("bad-command-id", $"1 to {CommandWindow.MaximumIdLength} characters.");
        }

        var body = CommandJson.Write(command);
        if (body.Length > JournalLimits.EntryBytes)
        {
            return CommandReceipt.Refuse("too-large", $"A command has at most {JournalLimits.EntryBytes} bytes.");
        }

        if (_fold!.Core.Commands.TryFind(command.CommandId, out var position, out var known))
        {
            return known == FrameHash.Of(body)
                ? new CommandReceipt(true, null, null, position)
                : CommandReceipt.Refuse("command-id-reused", "This id came before with another body.");
        }

        if (_fold.Check(command) is { } refused)
        {
            return refused;
        }

        return await AppendAndApplyAsync([Draft.Command(body, NextEntryTime())]) is { } failed
            ? CommandReceipt.Refuse(failed, "Try again with the same id.")
            : new CommandReceipt(true, null, null, _writer!.Position);
    }

    public async ValueTask Tick(DateTimeOffset now)
    {
        if (NotReady() is { } reason)
        {
            throw new InvalidOperationException($"{SiteId} was not ticked: {reason}");
        }

        if (await AppendAndApplyAsync([Draft.Tick(Later(now))]) is { } failed)
        {
            throw new InvalidOperationException($"{SiteId} was not ticked: {failed}");
        }

        _outbound?.Ticked();
    }

    /// <summary>Null when the drafts are durable and applied (or quarantined); else why they were not recorded.</summary>
    private async Task<string?> AppendAndApplyAsync(IReadOnlyList<Draft> drafts)
    {
        var first = _writer!.Position + 1;
        switch (await _writer.AppendAsync(drafts, _fold!.Core.SettingsVersion))
        {
            case AppendOutcome.Written:
                break;
            case AppendOutcome.Unavailable:
                return "journal-unavailable";
            case AppendOutcome.Fenced:
                End("fenced");
                return _ended;
            default:
                End("unknown-outcome");
                return _ended;
        }

        for (var at = 0; at < drafts.Count; at++)
        {
            if (!TryApply(drafts[at].As(first + at), out var mark))
            {
                await QuarantineAsync(mark);
                return null;
            }
        }

        _fresh.At = _fold!.Core.At;
        _outbound?.Changed();
        SnapshotWhenDue();
        return null;
    }

    private bool TryApply(in FoldEntry entry, out QuarantineMark mark)
    {
        mark = default!;
        try
        {
            _fold!.Apply(entry);
            return true;
        }
        catch (Exception poison) when (poison is not OutOfMemoryException)
        {
            SiloMeters.Quarantined();
            log.LogCritical(poison, "Entry {Position} of {SiteId} cannot be applied and is quarantined", entry.Position, SiteId);
            mark = new QuarantineMark(entry.Position, QuarantineMark.Of(poison));
            return false;
        }
    }

    // The fold may have stopped halfway through the entry: it ends here, and the next activation folds again without that entry. It also
    // writes the mark when this append fails.
    private async Task QuarantineAsync(QuarantineMark mark)
    {
        End("quarantined");
        await _writer!.AppendAsync([Draft.Quarantine(mark, NextEntryTime())], _fold!.Core.SettingsVersion);
    }

    private void Count(IReadOnlyList<int> duplicates)
    {
        foreach (var device in duplicates)
        {
            if (device >= _duplicates.Length)
            {
                Array.Resize(ref _duplicates, Math.Max(device + 1, _fold!.Core.Devices.Count));
            }

            _duplicates[device]++;
        }
    }

    private static FrameReceipt[] Alike(FrameBatch batch, FrameOutcome outcome, string reason)
    {
        var receipts = new FrameReceipt[batch.Frames.Length];
        Array.Fill(receipts, new FrameReceipt(outcome, reason, 0));
        return receipts;
    }
}
