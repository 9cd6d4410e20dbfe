using Earmark.DeviceSim.Truth;

namespace Earmark.DeviceSim.World.Logistics;

/// <summary>
/// A truck going to and fro on its route with a load one way. It is moved in steps of <see cref="StepSeconds"/> on a fixed grid, so it does
/// not matter how often it is looked at.
/// </summary>
public sealed class Truck
{
    public const int StepSeconds = 10;

    private readonly string _site;
    private readonly ITruthLog _truth;
    private readonly RandomStream _draws;
    private readonly double _pace;
    private long _stepped;
    private double _metres;
    private int _direction = 1;
    private double _speed;
    private long _dwellUntil;
    private long _haltUntil;
    private Diversion? _diversion;

    public Truck(string site, string name, Route route, DateTimeOffset startedAt, ulong seed, ITruthLog truth)
    {
        _site = site;
        _truth = truth;
        Name = name;
        Route = route;
        _draws = RandomStream.For(seed, $"{site}/{name}");
        _pace = Math.Clamp(1 + WorldDefaults.PaceSpread * _draws.Normal(Draw.TruckPace), 0.7, 1.25);
        _metres = route.LengthMetres * _draws.Uniform(Draw.TruckStart);
        _stepped = startedAt.ToUnixTimeSeconds() / StepSeconds;
    }

    /// <summary>Device id of its node.</summary>
    public string Name { get; }

    public Route Route { get; }

    public bool SealIntact { get; private set; } = true;

    /// <summary>Under way with a load (towards the route's end), as opposed to waiting or coming back empty.</summary>
    public bool Loaded => _direction > 0 && _dwellUntil == 0;

    public void BreakSeal(DateTimeOffset at)
    {
        AdvanceTo(at);
        SealIntact = false;
        Tell(at, TruthFacts.SealBroken, null);
    }

    public void Stop(DateTimeOffset at, TimeSpan length)
    {
        AdvanceTo(at);
        _haltUntil = (at + length).ToUnixTimeSeconds();
        Tell(at, TruthFacts.Stopped, $"for {length}");
    }

    /// <summary>Leaves the road at a right angle for <paramref name="kilometres"/>, stands there, and comes back the same way.</summary>
    public void Divert(DateTimeOffset at, double kilometres, TimeSpan stay)
    {
        AdvanceTo(at);
        _diversion = new Diversion(kilometres * 1000, stay);
        // A truck in the yard leaves it for this.
        _dwellUntil = 0;
        Tell(at, TruthFacts.Diverted, $"{kilometres:0.#} km");
    }

    public void AdvanceTo(DateTimeOffset at)
    {
        long until = at.ToUnixTimeSeconds() / StepSeconds;
        while (_stepped < until)
        {
            Step(++_stepped * StepSeconds);
        }
    }

    public PositionSample Measure(DateTimeOffset at)
    {
        AdvanceTo(at);
        long index = at.ToUnixTimeSeconds();
        (GeoPoint place, double bearing) = Route.At(_metres);
        double heading = _direction > 0 ? bearing : (bearing + 180) % 360;
        if (_diversion is { } diversion)
        {
            double aside = (bearing + 90) % 360 * Math.PI / 180;
            place = place.Offset(diversion.Metres * Math.Cos(aside), diversion.Metres * Math.Sin(aside));
            heading = (bearing + (diversion.GoingOut ? 90 : 270)) % 360;
        }

        double accuracy = WorldDefaults.PositionNoiseMetres * _draws.Between(0.8, 1.6, Draw.Accuracy, index);
        place = place.Offset(
            WorldDefaults.PositionNoiseMetres * _draws.Normal(Draw.PositionNorth, index),
            WorldDefaults.PositionNoiseMetres * _draws.Normal(Draw.PositionEast, index));
        bool blind = _draws.Chance(WorldDefaults.NoFixChance, Draw.Fix, index / 30);
        bool doorOpen = _dwellUntil > 0 && Math.Abs(_dwellUntil - index - WorldDefaults.Dwell.TotalSeconds / 2) < 600;
        return new PositionSample(
            at, blind ? null : place, _speed, heading, accuracy, blind ? 2 : 9 + _draws.Below(8, Draw.Fix, index), SealIntact, doorOpen);
    }

    private void Step(long now)
    {
        _speed = 0;
        if (now < _haltUntil)
        {
            return;
        }

        if (_dwellUntil > 0)
        {
            LeaveWhenDone(now);
            return;
        }

        if (_draws.Chance(WorldDefaults.BreakChancePerHour * StepSeconds / 3600, Draw.Break, now))
        {
            double minutes = _draws.Between(WorldDefaults.BreakMinutesLow, WorldDefaults.BreakMinutesHigh, Draw.BreakLength, now);
            _haltUntil = now + (long)(minutes * 60);
            return;
        }

        // Traffic changes every five minutes.
        double traffic = Math.Clamp(1 + 0.12 * _draws.Normal(Draw.Traffic, now / 300), 0.4, 1.3);
        _speed = WorldDefaults.TruckSpeedKilometresPerHour * _pace * traffic;
        double moved = _speed / 3.6 * StepSeconds;
        if (_diversion is { } diversion)
        {
            _haltUntil = diversion.Move(moved, now);
            _diversion = diversion.Over ? null : diversion;
            return;
        }

        _metres += _direction * moved;
        if (_metres <= 0 || _metres >= Route.LengthMetres)
        {
            _metres = Math.Clamp(_metres, 0, Route.LengthMetres);
            _dwellUntil = now + (long)WorldDefaults.Dwell.TotalSeconds;
            Tell(DateTimeOffset.FromUnixTimeSeconds(now), TruthFacts.Arrived, Route.Name);
        }
    }

    private void LeaveWhenDone(long now)
    {
        if (now < _dwellUntil)
        {
            return;
        }

        _dwellUntil = 0;
        _direction = _metres > 0 ? -1 : 1;
        // The yard puts a new seal on whatever leaves it.
        SealIntact = true;
        Tell(DateTimeOffset.FromUnixTimeSeconds(now), TruthFacts.Departed, Route.Name);
    }

    private void Tell(DateTimeOffset at, string fact, string? detail) =>
        _truth.Write(new TruthFact(at, _site, fact, Name) { Detail = detail });
}
