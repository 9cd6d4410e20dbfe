namespace Earmark.Storage.Book;

public sealed class ClockBook(BookDatabase book) : IClockBook
{
    public Task<ClockRow?> ClockAsync(CancellationToken cancel) => book.ReadAsync(
        session => session.FirstAsync(
            "SELECT mode, factor, domain_at, real_at FROM domain_clock WHERE one = 1",
            row => new ClockRow(row.Text(0), row.GetDouble(1), row.Time(2), row.Time(3))),
        cancel);

    public Task<bool> SetClockAsync(ClockRow clock, CancellationToken cancel) => book.WriteAsync(
        async session => await session.ExecuteAsync(
            "INSERT INTO domain_clock (one, mode, factor, domain_at, real_at) VALUES (1, @mode, @factor, @domain, @real) ON CONFLICT DO NOTHING",
            ("@mode", clock.Mode),
            ("@factor", clock.Factor),
            ("@domain", clock.DomainAt),
            ("@real", clock.RealAt)) > 0,
        cancel);
}
