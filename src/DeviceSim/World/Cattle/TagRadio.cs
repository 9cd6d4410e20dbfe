namespace Earmark.DeviceSim.World.Cattle;

/// <summary>The tag as its radio shows it: whether a round hears it, and what it then says.</summary>
public sealed class TagRadio(Animal animal)
{
    /// <summary>A counter that long unheard has long been full of what matters; also bounds the work of one reading.</summary>
    private const long LongestCountedMinutes = 2 * Behaviour.MinutesPerDay;
    private const int MovementsLimit = ushort.MaxValue;

    private const double BatteryYears = 5;

    private readonly RandomStream _draws = animal.Draws;
    private long _heardMinute = long.MinValue;
    private int _movementsThen;

    /// <summary>The same answer for every station in that minute: the two of a doubly heard tag hear one transmission.</summary>
    public bool IsHeard(long minute, DateTimeOffset at, double share)
    {
        if (animal.TagId is null || (animal.StolenAt <= at && !animal.TagWasCut))
        {
            return false;
        }

        double factor = animal.TagFellAt <= at ? WorldDefaults.FallenTagHeardFactor : 1;
        return _draws.Chance(share * factor, Draw.Heard, minute);
    }

    /// <summary>Of the rounds that hear it; so 2 % of readings come twice.</summary>
    public bool IsHeardTwice(long minute) => _draws.Chance(WorldDefaults.HeardTwiceShare, Draw.HeardTwice, minute);

    public HeardTag Read(long minute, DateTimeOffset at, Weather weather, double airCelsius, bool secondStation)
    {
        double signal = WorldDefaults.SignalNearDbm + WorldDefaults.SignalSpreadDb * _draws.Normal(Draw.Signal, minute)
            - (secondStation ? WorldDefaults.SignalSecondStationLossDb : 0);
        double years = _draws.Between(0, 2, Draw.Battery) + (at - animal.BornAt).TotalDays / 365;
        return new HeardTag(
            animal.TagId!,
            signal,
            MovementsSinceHeard(minute),
            animal.StillMinutes(minute),
            animal.TagCelsius(at, weather, airCelsius),
            Math.Clamp(1 - years / BatteryYears, 0.05, 1),
            animal.TagWasCut);
    }

    private int MovementsSinceHeard(long minute)
    {
        if (minute <= _heardMinute)
        {
            return _movementsThen;
        }

        long from = _heardMinute == long.MinValue ? minute - 1 : Math.Max(_heardMinute, minute - LongestCountedMinutes);
        int count = 0;
        for (long m = from + 1; m <= minute && count < MovementsLimit; m++)
        {
            count += animal.Movements(m);
        }

        (_heardMinute, _movementsThen) = (minute, Math.Min(count, MovementsLimit));
        return _movementsThen;
    }
}
