namespace Earmark.Finance;

/// <summary>还款方式: how principal comes back. Interest is on the balance, but for <see cref="Flat"/>.</summary>
public enum RepaymentMethod
{
    /// <summary>等额本息: the same amount each time.</summary>
    EqualInstalment,

    /// <summary>等额本金: the same principal each time.</summary>
    EqualPrincipal,

    /// <summary>先息后本: interest each time, the principal with the last.</summary>
    InterestFirst,

    /// <summary>利随本清: everything once, on the last due day.</summary>
    Bullet,

    /// <summary>A fixed instalment or a fixed share of principal each time, the rest with the last.</summary>
    Balloon,

    /// <summary>等本等息: equal principal, interest each time on all that was drawn.</summary>
    Flat,

    /// <summary>按收获/出栏季: named days, each with its share of the principal.</summary>
    Seasonal,
}

public enum PeriodUnit
{
    Day,
    Week,
    Month,
}

/// <summary>How far due days are apart.</summary>
public readonly record struct Every(int Count, PeriodUnit Unit)
{
    public static readonly Every Month = new(1, PeriodUnit.Month);

    /// <summary>How many of these a year has, as nominal rates count them: 12 months, 52 weeks, 365 days (Apache Fineract, whole-term and per-period rates).</summary>
    public decimal UnitsPerYear => Unit switch
    {
        PeriodUnit.Month => 12,
        PeriodUnit.Week => 52,
        PeriodUnit.Day => 365,
        _ => throw new InvalidOperationException(Unit.ToString()),
    };

    /// <summary>One period as a share of a year.</summary>
    public decimal Years => Count / UnitsPerYear;
}
