using Earmark.Contracts.Lending;
using Earmark.Contracts.Time;
using Earmark.Finance;
using Earmark.Portal.Reads;
using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Silo.Lending;

public sealed class LoanStandingTests
{
    private static readonly LinesView NoLines = new(0, 0, 0, 0, 0);

    [Fact]
    public async Task A_loan_is_late_from_the_day_after_its_due_day_until_it_is_paid_and_pulls_the_other_along()
    {
        await using var bank = await Bank.OpenAsync();
        var (one, other) = (await DrawnAsync(bank, "farmer-1", 120_000), await DrawnAsync(bank, "farmer-2", 100_000));
        var plan = Earmark.Portal.Reads.Schedules.Read((await Book(bank).LoansAsync("farmer-1", Bank.Cancel))[0].Schedule);
        await To(bank, plan[0].DueOn);
        Assert.Equal((0, RiskClass.Pass), Seen(await Standing(bank, one)));

        await To(bank, plan[0].DueOn.AddDays(1));
        var late = await Standing(bank, one);
        Assert.Equal((1, RiskClass.SpecialMention), Seen(late));
        Assert.Equal(plan[0].PrincipalFen, late.Arrears.Principal.Fen);
        // The daily accrual and the plan agree to the fen the rounding of the row makes.
        Assert.InRange(late.Arrears.Interest.Fen, plan[0].InterestFen - 1, plan[0].InterestFen + 1);

        var paid = await Facility(bank, "farmer-1").Repay(new RepaymentOrder("r-1", "officer", one, plan[0].PrincipalFen + late.Owed.Interest.Fen));
        Assert.True(paid.Accepted, paid.Detail);
        Assert.Equal((0, RiskClass.Pass), Seen(await Standing(bank, one)));

        await To(bank, plan[1].DueOn.AddDays(91));
        Assert.Equal((91, RiskClass.Substandard), Seen(await Standing(bank, one)));
        // Paid up to today the other is not late itself, but its debtor's non-performing share is more than a tenth.
        var rest = await Standing(bank, other);
        Assert.True((await Facility(bank, "farmer-2").Repay(new RepaymentOrder("r-2", "officer", other, rest.Arrears.Principal.Fen + rest.Owed.Interest.Fen))).Accepted);
        Assert.Equal((0, RiskClass.Substandard), Seen(await Standing(bank, other)));
    }

    private static (int, RiskClass) Seen(LoanStanding standing) => (standing.Arrears.DaysPastDue, standing.RiskClass);

    private static async Task<LoanStanding> Standing(Bank bank, string loanId)
    {
        var facility = (await Book(bank).FacilitiesAsync(Bank.Institution, Bank.Cancel))[0];
        return (await new LoanStandings(Book(bank), bank.Service<ILedger>(), bank.Service<DomainClock>()).OfBorrowerAsync(facility, Bank.Cancel))[loanId];
    }

    private static async Task To(Bank bank, DateOnly day)
    {
        var noon = new DateTimeOffset(day.ToDateTime(new TimeOnly(4, 0)), TimeSpan.Zero);
        bank.Clock.Advance(noon - bank.Clock.GetUtcNow());
        await Facility(bank, "farmer-1").Tick(bank.Clock.GetUtcNow());
        await Facility(bank, "farmer-2").Tick(bank.Clock.GetUtcNow());
    }

    private static async Task<string> DrawnAsync(Bank bank, string facility, long yuan)
    {
        Assert.True((await bank.Grains.GetGrain<ILendingDeskGrain>(Bank.Institution).OpenFacility(new FacilityOpening(
            $"open-{facility}", "officer", facility, "", "herder-1", "牧民一", 30_000_000, 0, [], 0, 0, NoLines, 5, "farmer-aid"))).Accepted);
        var firstDue = DateOnly.FromDateTime(bank.Clock.GetUtcNow().AddHours(8).UtcDateTime).AddMonths(1);
        return (await Facility(bank, facility).Draw(new DrawOrder("d-1", "officer", yuan * 100, "feed-merchant", 12, firstDue))).LoanId!;
    }

    private static IFacilityGrain Facility(Bank bank, string id) => bank.Grains.GetGrain<IFacilityGrain>(id);

    private static ILendingBook Book(Bank bank) => bank.Service<ILendingBook>();
}
