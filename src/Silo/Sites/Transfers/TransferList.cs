namespace Earmark.Silo.Sites.Transfers;

/// <summary>
/// The transfers of a site by id. What was given stays outgoing until the giver is told that the facility has seen both sides; what was
/// taken is told for some days, longer than anything under way can count, because a report of the giver may still come late.
/// </summary>
internal sealed class TransferList
{
    /// <summary>Open transfers each way; beyond it giving and taking are refused.</summary>
    public const int MaximumOpen = 1_000;

    /// <summary>Closed transfers remembered each way, so that closing again and giving again are known as repetitions.</summary>
    public const int MaximumClosed = 1_000;

    private readonly Side _outgoing = new();
    private readonly Side _accepted = new();

    public IReadOnlyCollection<TransferHold> Outgoing => _outgoing.Holds;

    public IReadOnlyCollection<TransferHold> Accepted => _accepted.Holds;

    public TransferHold? Given(string transferId) => _outgoing.Find(transferId);

    public TransferHold? Taken(string transferId) => _accepted.Find(transferId);

    public bool MayGive => _outgoing.Open < MaximumOpen;

    public bool MayTake => _accepted.Open < MaximumOpen;

    public void Give(TransferHold hold) => _outgoing.Put(hold);

    public void Take(TransferHold hold) => _accepted.Put(hold);

    /// <summary>The giver forgets a transfer; one not known here was forgotten long ago.</summary>
    public void Close(string transferId) => _outgoing.Close(transferId);

    /// <summary>What was taken need not be told for ever.</summary>
    public void Pass(uint now)
    {
        foreach (var hold in _accepted.Holds.Where(hold => !hold.Closed && now >= hold.Since + TransferHold.ToldForSeconds).ToArray())
        {
            _accepted.Close(hold.TransferId);
        }
    }

    private sealed class Side
    {
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
        private readonly List<TransferHold> _holds = [];

        public int Open { get; private set; }

        public IReadOnlyCollection<TransferHold> Holds => _holds;

        public TransferHold? Find(string id) => _places.TryGetValue(id, out var place) ? _holds[place] : null;

        public void Put(TransferHold hold)
        {
            _places.Add(hold.TransferId, _holds.Count);
            _holds.Add(hold);
            Open += hold.Closed ? 0 : 1;
        }

        public void Close(string id)
        {
            if (Find(id) is not { Closed: false } hold)
            {
                return;
            }

            _holds[_places[id]] = hold with { Closed = true };
            Open--;
            if (_holds.Count - Open > MaximumClosed)
            {
                Forget(_holds.FindIndex(one => one.Closed));
            }
        }

        private void Forget(int place)
        {
            _places.Remove(_holds[place].TransferId);
            _holds.RemoveAt(place);
            for (var at = place; at < _holds.Count; at++)
            {
                _places[_holds[at].TransferId] = at;
            }
        }
    }
}
