namespace Earmark.DeviceSim.World.Cattle;

/// <summary>
/// True weight by age. Two phases after Samuel Brody, "Bioenergetics and Growth" (1945), chapter 16: self-accelerating
/// W = W₀·e^(k₁·t) up to the inflection, self-inhibiting W = A − (A − W*)·e^(−k₂·(t − t*)) after it, joined in value and slope
/// (so k₂ follows from the rest), times a seasonal residual of a few per cent. Deliberately not the family the lender's valuation uses:
/// a model scored on its own curve would only be scored on its own parameters.
/// </summary>
public sealed class BrodyGrowth
{
    /// <summary>About seven months, when beef calves are weaned.</summary>
    public const double InflectionDays = 213;

    private const double SeasonalShare = 0.015;
    private const double WanderShare = 0.012;
    private const double WanderDays = 97;

    private readonly double _birth;
    private readonly double _turn;
    private readonly double _mature;
    private readonly double _rising;
    private readonly double _levelling;
    private readonly double _phase;

    public BrodyGrowth(Breed breed, RandomStream draws)
    {
        // Spread between animals of a breed about 8 % (coefficient of variation), shared by all ages: a big calf is a big cow.
        double size = Math.Clamp(1 + 0.08 * draws.Normal(Draw.MatureWeight), 0.75, 1.25);
        _birth = breed.BirthKilograms * size;
        _mature = breed.MatureKilograms * size;
        _turn = breed.WeaningKilograms * size * Math.Clamp(1 + 0.05 * draws.Normal(Draw.Maturing), 0.85, 1.15);
        _rising = Math.Log(_turn / _birth) / InflectionDays;
        _levelling = _rising * _turn / (_mature - _turn);
        _phase = 2 * Math.PI * draws.Uniform(Draw.Season);
    }

    /// <param name="ageDays">Age; below 0 counts as birth.</param>
    /// <param name="dayOfYear">1 to 366, for the seasonal part.</param>
    /// <returns>Kilograms, always positive.</returns>
    public double Kilograms(double ageDays, double dayOfYear)
    {
        double age = Math.Max(0, ageDays);
        double weight = age < InflectionDays
            ? _birth * Math.Exp(_rising * age)
            : _mature - (_mature - _turn) * Math.Exp(-_levelling * (age - InflectionDays));
        // Winter costs condition everywhere; the wander is the animal's own good and bad weeks.
        double season = SeasonalShare * Math.Cos(2 * Math.PI * (dayOfYear - 260) / 365.25);
        double wander = WanderShare * Math.Sin(2 * Math.PI * age / WanderDays + _phase);
        return weight * (1 + season + wander);
    }
}
