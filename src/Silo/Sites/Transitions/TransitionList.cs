namespace Earmark.Silo.Sites.Transitions;

/// <summary>A conclusion about an asset that its device's grain has not answered yet; in the state until the answer is journaled.</summary>
/// <param name="TransitionId">Site, asset, transition and the position it rests on.</param>
internal sealed record OpenTransition(
    string TransitionId, string AssetId, string DeviceKind, string DeviceId, string Transition, DateTimeOffset At, string Because);

/// <summary>A conclusion its device's grain refused; it is not drawn again before its time.</summary>
internal sealed record RefusedTransition(string AssetId, string Transition, string Because, uint AskAgainAt);

/// <summary>Open transitions in the order they arose. Past <see cref="Maximum"/> none is added: it arises again with the next evidence.</summary>
internal sealed class TransitionList
{
    public const int Maximum = 20_000;
    public const int AskAgainSeconds = 3_600;

    private readonly Dictionary<(string Asset, string Transition), OpenTransition> _open = [];
    private readonly List<OpenTransition> _order = [];
    private readonly List<RefusedTransition> _refused = [];

    public IReadOnlyList<OpenTransition> Open => _order;

    public IReadOnlyList<RefusedTransition> Refused => _refused;

    public bool IsOpen(string assetId, string transition) => _open.ContainsKey((assetId, transition));

    public bool IsRefused(string assetId, string transition) =>
        _refused.Exists(refused => refused.AssetId == assetId && refused.Transition == transition);

    /// <summary>False when it is open already, was refused lately, or the list is full.</summary>
    public bool Add(OpenTransition transition)
    {
        if (_order.Count >= Maximum || IsRefused(transition.AssetId, transition.Transition)
            || !_open.TryAdd((transition.AssetId, transition.Transition), transition))
        {
            return false;
        }

        _order.Add(transition);
        return true;
    }

    /// <summary>Takes an answered transition off the list; false when none was open, so a repeated answer changes nothing.</summary>
    public bool Answer(string assetId, string transition, string? refusedBecause, uint now)
    {
        if (!_open.Remove((assetId, transition), out var answered))
        {
            return false;
        }

        _order.Remove(answered);
        if (refusedBecause is not null && _refused.Count < Maximum)
        {
            _refused.Add(new RefusedTransition(assetId, transition, refusedBecause, now + AskAgainSeconds));
        }

        return true;
    }

    /// <summary>Takes off whatever concerns an asset: it left, or got another tag.</summary>
    public void Drop(string assetId)
    {
        _refused.RemoveAll(refused => refused.AssetId == assetId);
        foreach (var left in _order.Where(open => open.AssetId == assetId).ToArray())
        {
            _open.Remove((left.AssetId, left.Transition));
            _order.Remove(left);
        }
    }

    /// <summary>Refusals wear off, so that lasting evidence is put to the device again.</summary>
    public void Pass(uint now) => _refused.RemoveAll(refused => refused.AskAgainAt <= now);

    public void Restore(IEnumerable<OpenTransition> open, IEnumerable<RefusedTransition> refused)
    {
        foreach (var one in open)
        {
            Add(one);
        }

        _refused.AddRange(refused);
    }
}
