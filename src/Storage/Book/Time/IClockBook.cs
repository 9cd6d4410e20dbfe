namespace Earmark.Storage.Book;

/// <summary>The domain's clock where several processes share one Book. Without a row it is real time.</summary>
public interface IClockBook
{
    Task<ClockRow?> ClockAsync(CancellationToken cancel);

    /// <summary>Sets it once; false when it was set before. Domain time never runs backwards, so it is not changed afterwards.</summary>
    Task<bool> SetClockAsync(ClockRow clock, CancellationToken cancel);
}

/// <param name="Mode">real or scaled.</param>
/// <param name="Factor">Domain seconds a real second.</param>
/// <param name="DomainAt">Domain time at <paramref name="RealAt"/>.</param>
public sealed record ClockRow(string Mode, double Factor, DateTimeOffset DomainAt, DateTimeOffset RealAt);
