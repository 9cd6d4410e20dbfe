using System.Text;

namespace Earmark.DeviceSim.World;

/// <summary>What a number is drawn for. Each purpose is a stream of its own, so a new purpose never shifts the others.</summary>
public enum Draw : ulong
{
    Birthday = 1, Breed, MatureWeight, Maturing, Pen, Restlessness, EarCoupling, Season, Battery,
    Heard, HeardTwice, Signal, Activity, Rest, EarNoise,
    Illness, IllnessTime, IllnessSeverity, IllnessDays, Death, DeathTime, Birth, BirthTime, Theft, TheftTime, TagLoss, TagLossTime,
    Choice, Weather, HeardShare, PhaseOffset, ClockDrift,
    FeedNoise, FeedTime,
    LotWeight, LotBin, TradeTime, TradeKind, TradeWeight, TradeLot, TruckTare, ScaleNoise, SettlingTime, StockTake,
    TruckPace, TruckStart, Traffic, Break, BreakLength, PositionNorth, PositionEast, Accuracy, Fix,
    BackOff,
}

/// <summary>
/// Random numbers by counter instead of by state: number = mix(seed, entity, purpose, index). Any number can be had without
/// drawing those before it, so entities are independent, steps of time may be cut anywhere, and a restart needs no saved generator.
/// Mixer: the finaliser of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
/// </summary>
public readonly struct RandomStream
{
    private readonly ulong _key;

    private RandomStream(ulong key) => _key = key;

    /// <summary>The stream of one entity; <paramref name="entity"/> is its lasting name, for instance "ranch-1/E0042".</summary>
    public static RandomStream For(ulong seed, string entity)
    {
        // FNV-1a, 64 bit: string.GetHashCode differs from run to run.
        ulong hash = 14695981039346656037;
        foreach (byte b in Encoding.UTF8.GetBytes(entity))
        {
            hash = (hash ^ b) * 1099511628211;
        }

        return new RandomStream(Mix(Mix(seed) ^ hash));
    }

    public ulong Bits(Draw purpose, long index = 0) =>
        Mix(_key ^ Mix(((ulong)purpose * 0x9E3779B97F4A7C15) ^ (ulong)index * 0xD1B54A32D192ED03));

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform(Draw purpose, long index = 0) => (Bits(purpose, index) >> 11) * (1.0 / (1UL << 53));

    public double Between(double low, double high, Draw purpose, long index = 0) => low + (high - low) * Uniform(purpose, index);

    public int Below(int bound, Draw purpose, long index = 0) => (int)(Uniform(purpose, index) * bound);

    public bool Chance(double probability, Draw purpose, long index = 0) => Uniform(purpose, index) < probability;

    /// <summary>Standard normal, by Box and Muller from the two halves of one draw.</summary>
    public double Normal(Draw purpose, long index = 0)
    {
        ulong bits = Bits(purpose, index);
        double u = ((bits >> 32) + 1.0) / 4294967297.0;
        double v = (uint)bits / 4294967296.0;
        return Math.Sqrt(-2.0 * Math.Log(u)) * Math.Cos(2.0 * Math.PI * v);
    }

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
