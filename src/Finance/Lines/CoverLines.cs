namespace Earmark.Finance;

public enum LineState
{
    Clear,
    Warning,
    MarginCall,
    Liquidation,
}

/// <summary>
/// The covenant lines on LTV: draw factor &lt; 预警线 &lt; 补仓线 &lt; 平仓线. Exactly at a line is no breach. A state once entered is left only when LTV falls
/// below its line − hysteresis, so a value that trembles about a line raises one event and not hundreds.
/// </summary>
/// <param name="MinimumStock">最低控货线: market value below which nothing may leave; zero for none.</param>
public sealed record CoverLines(Fraction Draw, Fraction Warning, Fraction MarginCall, Fraction Liquidation, Fraction Hysteresis, Money MinimumStock)
{
    /// <summary>Ordered, and the hysteresis narrower than each gap: leaving a state must be possible without passing two lines.</summary>
    public bool IsValid =>
        Draw.Millionths > 0 && Draw < Warning && Hysteresis.Millionths >= 0 && !(MinimumStock < Money.Zero)
        && MarginCall.Millionths - Warning.Millionths > Hysteresis.Millionths
        && Liquidation.Millionths - MarginCall.Millionths > Hysteresis.Millionths
        && Warning.Millionths > Hysteresis.Millionths;

    /// <summary>The state that follows. Debt and a null LTV is beyond every line; no debt is clear whatever the value.</summary>
    public LineState Next(LineState previous, decimal? ltv, Money debt)
    {
        if (!debt.IsPositive)
        {
            return LineState.Clear;
        }

        for (var state = LineState.Liquidation; state > LineState.Clear; state--)
        {
            var line = LineOf(state);
            var beyond = ltv is not { } value || value > line.Value;
            var held = state <= previous && ltv is { } still && still >= line.Value - Hysteresis.Value;
            if (beyond || held)
            {
                return state;
            }
        }

        return LineState.Clear;
    }

    public bool IsBelowMinimumStock(Money marketValue) => marketValue < MinimumStock;

    private Fraction LineOf(LineState state) => state switch
    {
        LineState.Warning => Warning,
        LineState.MarginCall => MarginCall,
        LineState.Liquidation => Liquidation,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
