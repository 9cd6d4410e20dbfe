using Earmark.Silo.Sites.Snapshots;

namespace Earmark.Silo.Sites.Stations;

/// <summary>
/// When each zone was listened to, by event time: one bit for each 5 minutes of the last three days in which a station of the zone
/// finished a round. An animal is missing only for time that was covered, so an outage, of a station or of ourselves, makes none
/// missing; and since setting a bit twice or late changes nothing, the order of arrival does not matter.
/// </summary>
internal sealed class CoverageMap
{
    public const int SlotSeconds = 300;
    public const int Slots = 3 * Seconds.Day / SlotSeconds;
    private const int Words = (Slots + 63) / 64;
    private const int Ring = Words * 64;

    /// <summary>Stations without a zone serve the whole site.</summary>
    public const int WholeSite = 0;

    private readonly List<Zone> _zones = [new Zone()];

    /// <summary>A station of the zone listened for a while until <paramref name="second"/>.</summary>
    public void Cover(int zone, uint second, int durationSeconds)
    {
        while (_zones.Count <= zone)
        {
            _zones.Add(new Zone());
        }

        var first = (second - (uint)Math.Min(durationSeconds, second)) / SlotSeconds;
        for (var slot = first + 1; slot <= second / SlotSeconds; slot++)
        {
            _zones[zone].Set(slot);
        }

        _zones[zone].Set(second / SlotSeconds);
    }

    /// <summary>Seconds of cover of a zone after <paramref name="since"/> up to <paramref name="now"/>, in whole slots.</summary>
    public int CoveredSeconds(int zone, uint since, uint now) =>
        _zones[zone < _zones.Count ? zone : WholeSite].Count(_zones[WholeSite], since / SlotSeconds, now / SlotSeconds) * SlotSeconds;

    public void Write(ColumnWriter columns)
    {
        columns.Rows<uint>("coverage.newest", _zones.Select(zone => zone.Newest).ToArray());
        columns.Rows<ulong>("coverage.slots", _zones.SelectMany(zone => zone.Bits).ToArray());
    }

    public void Read(ColumnReader columns)
    {
        var bits = columns.Rows<ulong>("coverage.slots");
        _zones.Clear();
        foreach (var newest in columns.Rows<uint>("coverage.newest"))
        {
            _zones.Add(new Zone(newest, bits.Slice(_zones.Count * Words, Words)));
        }
    }

    private sealed class Zone
    {
        // How many of the last n slots were covered, by the zone's own stations or the whole site's, counted back from the newer of the two;
        // made when asked after a change.
        private ushort[] _tail = [];
        private uint _tailNewest;
        private int _changes;
        private (int Own, int Whole) _counted = (-1, -1);

        public Zone()
        {
        }

        public Zone(uint newest, ReadOnlySpan<ulong> bits)
        {
            Newest = newest;
            bits.CopyTo(Bits);
        }

        public uint Newest { get; private set; }

        public ulong[] Bits { get; } = new ulong[Words];

        public void Set(uint slot)
        {
            if (slot + Slots <= Newest)
            {
                return;
            }

            if (slot > Newest)
            {
                Advance(slot);
            }

            var bit = 1UL << (int)(slot % 64);
            ref var word = ref Bits[slot % Ring / 64];
            _changes += (word & bit) == 0 ? 1 : 0;
            word |= bit;
        }

        public int Count(Zone whole, uint since, uint now)
        {
            if (_counted != (_changes, whole._changes))
            {
                CountTail(whole);
                _counted = (_changes, whole._changes);
            }

            var from = _tailNewest <= since ? 0 : Math.Min(_tailNewest - since, Slots);
            var beyond = _tailNewest <= now ? 0 : Math.Min(_tailNewest - now, Slots);
            return _tail[from] - _tail[beyond];
        }

        private bool IsSet(uint slot) =>
            slot <= Newest && slot + Slots > Newest && (Bits[slot % Ring / 64] >> (int)(slot % 64) & 1) != 0;

        private void Advance(uint slot)
        {
            if (slot - Newest >= Ring)
            {
                Array.Clear(Bits);
            }
            else
            {
                for (var next = Newest + 1; next <= slot; next++)
                {
                    Bits[next % Ring / 64] &= ~(1UL << (int)(next % 64));
                }
            }

            Newest = slot;
            _changes++;
        }

        private void CountTail(Zone whole)
        {
            _tail = _tail.Length == 0 ? new ushort[Slots + 1] : _tail;
            _tailNewest = Math.Max(Newest, whole.Newest);
            for (uint back = 0; back < Slots; back++)
            {
                var covered = back <= _tailNewest && (IsSet(_tailNewest - back) || whole.IsSet(_tailNewest - back));
                _tail[back + 1] = (ushort)(_tail[back] + (covered ? 1 : 0));
            }
        }
    }
}
