namespace Earmark.Valuation;

/// <summary>Many animals of one pen that fell silent together while others beside them are heard.</summary>
/// <param name="Animals">How many are unheard beyond what chance leaves unheard.</param>
/// <param name="Rounds">Rounds they have missed at least.</param>
public readonly record struct HerdSilence(int Animals, int Rounds);

/// <summary>Chosen; a policy of the institution.</summary>
/// <param name="FewestAnimals">Fewer are looked for one by one (<see cref="PresenceRule"/>).</param>
/// <param name="FewestRounds">One missed round says nothing.</param>
/// <param name="LogLikelihoodLimit">
/// The natural logarithm of how unlikely chance must be: e⁻¹⁵ is three in ten million. A ranch of ten pens is judged 260,000 times in 90 days of
/// five-minute rounds, and one false alarm in that time is too many.
/// </param>
/// <param name="SeldomHeardShare">An animal heard in less than this share of the pen's usual rounds is left out: its silence is its tag's habit.</param>
public sealed record HerdSilenceParameters(int FewestAnimals, int FewestRounds, double LogLikelihoodLimit, double SeldomHeardShare)
{
    public static readonly HerdSilenceParameters Default = new(5, 2, 15, 0.6);
}

/// <summary>
/// Theft of a group, told from poor hearing and from outages by the pen itself: what share the newest round heard says how many should be unheard for so
/// many rounds by chance (a geometric tail), and only far more than that is a finding. Rain that makes hearing poor makes the newest round poor as well; a
/// silent station makes no rounds, so nothing is found in its silence.
/// </summary>
public static class HerdSilenceRule
{
    /// <summary>A share measured in one round is uncertain; chance is given this many standard errors.</summary>
    private const double ShareMargin = 1.5;

    /// <summary>Above this much hearing the tail is not believed: every tag is behind a wall at times.</summary>
    private const double BestShare = 0.93;

    private const double LeastExpected = 0.05;

    /// <summary>Rounds in which nobody at all is heard before that is said: chance keeps five animals unheard for one of them in a hundred, for six of them never.</summary>
    public const int RoundsOfNobody = 6;

    /// <summary>The station speaks and nobody is heard: all are gone, or the station is deaf. Which, the rounds can't tell.</summary>
    public static bool IsWhollyUnheard(PenTally pen, HerdSilenceParameters parameters)
    {
        var recent = 0;
        for (var missed = 0; missed < RoundsOfNobody; missed++)
        {
            recent += pen.Missed(missed);
        }

        return recent == 0 && pen.Animals >= parameters.FewestAnimals;
    }

    /// <summary>Null when the pen's silence is what chance leaves.</summary>
    public static HerdSilence? Assess(PenTally pen, HerdSilenceParameters parameters)
    {
        if (pen.Animals < 2 * parameters.FewestAnimals)
        {
            return null;
        }

        var unheard = ChanceUnheard(pen);
        var (silent, chance) = (pen.Animals, (double)pen.Animals);
        HerdSilence? found = null;
        var most = parameters.LogLikelihoodLimit;
        for (var missed = 0; missed <= PenTally.MostMissed && silent >= parameters.FewestAnimals; missed++)
        {
            // Of all silences that are a finding the least likely one: it has most of those who left, and fewest beside them whom chance kept unheard.
            var expected = Math.Max(chance, LeastExpected);
            if (missed >= parameters.FewestRounds && silent - expected >= parameters.FewestAnimals && Surprise(silent, expected) >= most)
            {
                most = Surprise(silent, expected);
                found = new HerdSilence((int)Math.Round(silent - expected), missed);
            }

            silent -= pen.Missed(missed);
            chance *= unheard;
        }

        return found;
    }

    // A round of a large pen comes in several frames; while the newest is not whole, the one before it says how well the pen is heard.
    private static double ChanceUnheard(PenTally pen)
    {
        var newest = ShareAtLeast(pen.Missed(0), pen.Animals);
        var before = ShareAtLeast(pen.Missed(1), pen.Animals - pen.Missed(0));
        return 1 - Math.Clamp(Math.Max(newest, before), 0, BestShare);
    }

    private static double ShareAtLeast(int heard, int animals)
    {
        if (animals == 0)
        {
            return 0;
        }

        var share = (double)heard / animals;
        return share - (ShareMargin * Math.Sqrt(share * (1 - share) / animals));
    }

    /// <summary>Chernoff's bound of the Poisson tail: −ln P(at least so many | expected) is at least this.</summary>
    private static double Surprise(int found, double expected) => (found * Math.Log(found / expected)) - found + expected;
}
