using Earmark.Contracts.Lending;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Earmark.Tests.Portal.Hosting;
using Earmark.Tests.Portal.Pages;
using Xunit;

namespace Earmark.Tests.Portal;

public sealed class LendingApiTests
{
    private const string Schedule = """[{"number":1,"dueOn":"2026-12-22","principalFen":7890761,"interestFen":350175,"balanceAfterFen":88709239}]""";

    [Fact]
    public async Task A_loan_is_told_with_its_schedule_in_yuan()
    {
        await using var host = await StartAsync();
        using var wang = await host.KeyAsync(Roles.Borrower, borrowerId: Seeds.Borrower);
        var loan = (await wang.GetAsync($"/api/v1/facilities/{Seeds.Facility}/loans")).Json.GetProperty("loans")[0];
        Assert.Equal((966_000m, 4.35m), (loan.GetProperty("principal").GetDecimal(), loan.GetProperty("annualRatePercent").GetDecimal()));
        var first = loan.GetProperty("schedule")[0];
        Assert.Equal(
            (78_907.61m, 3_501.75m, 887_092.39m, "2026-12-22"),
            (first.GetProperty("principal").GetDecimal(), first.GetProperty("interest").GetDecimal(), first.GetProperty("balance").GetDecimal(), first.GetProperty("dueOn").GetString()));
    }

    [Fact]
    public async Task A_refusal_told_as_codes_is_a_sentence_to_the_caller()
    {
        await using var host = await PortalHost.StartAsync(portal =>
        {
            Seeds.SitesAndFacilities(portal);
            portal.Grains.Place<IFacilityGrain>(Seeds.Facility)
                .Gives(nameof(IFacilityGrain.Repay), new MoneyReceipt(false, "unknown-loan", "unknown-loan, over-limit", null, null));
        });
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var answer = await bank.PostJsonAsync($"/api/v1/facilities/{Seeds.Facility}/repayments", """{"loanId":"x","amount":1}""");
        ApiAccessTests.AssertProblem(answer, System.Net.HttpStatusCode.UnprocessableEntity, "unknown-loan");
        Assert.Equal("There is no such drawdown. It would be over the limit.", answer.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Bookings_of_a_facility_are_those_on_its_loans_each_once()
    {
        await using var host = await StartAsync();
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var transfers = (await bank.GetAsync($"/api/v1/facilities/{Seeds.Facility}/transfers")).Json.GetProperty("transfers");
        Assert.Equal(["repaid", "drawn"], transfers.EnumerateArray().Select(transfer => transfer.GetProperty("transferId").GetString()));
        Assert.All(transfers.EnumerateArray(), transfer =>
            Assert.Equal(0m, transfer.GetProperty("postings").EnumerateArray().Sum(posting => posting.GetProperty("amount").GetDecimal())));
    }

    [Fact]
    public async Task A_margin_call_names_the_animals_behind_it_and_a_borrower_sees_only_its_own()
    {
        await using var host = await StartAsync();
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        using var wang = await host.KeyAsync(Roles.Borrower, borrowerId: Seeds.Borrower);
        using var li = await host.KeyAsync(Roles.Borrower, borrowerId: "li");
        var call = (await bank.GetAsync("/api/v1/margin-calls?open=true")).Json.GetProperty("marginCalls")[0];
        Assert.Equal("cow-7", call.GetProperty("reasons")[0].GetProperty("assetIds")[0].GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, call.GetProperty("ltv").ValueKind);
        Assert.Equal(1, (await wang.GetAsync("/api/v1/margin-calls")).Json.GetProperty("marginCalls").GetArrayLength());
        Assert.Equal(0, (await li.GetAsync("/api/v1/margin-calls")).Json.GetProperty("marginCalls").GetArrayLength());
    }

    [Fact]
    public async Task The_trial_balance_sums_to_zero_and_is_the_banks_alone()
    {
        await using var host = await StartAsync();
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        using var wang = await host.KeyAsync(Roles.Borrower, borrowerId: Seeds.Borrower);
        Assert.Equal(0m, (await bank.GetAsync("/api/v1/ledger/trial-balance")).Json.GetProperty("sum").GetDecimal());
        Assert.Equal("forbidden", (await wang.GetAsync("/api/v1/ledger/trial-balance")).Reason);
    }

    private static Task<PortalHost> StartAsync() => PortalHost.StartAsync(host =>
    {
        Seeds.SitesAndFacilities(host);
        var day = new DateOnly(2026, 11, 22);
        var drawn = Transfer("drawn", SetClock.Start, ("loan-principal/l-1", 96_600_000), ("entrusted-payment/feed", -96_600_000));
        var repaid = Transfer("repaid", SetClock.Start.AddHours(1), ("repayment-account/wang", 200), ("loan-principal/l-1", -150), ("interest-receivable/l-1", -50));
        var stranger = Transfer("stranger", SetClock.Start, ("loan-principal/l-10", 5), ("entrusted-payment/feed", -5));
        host.Lending
            .On(nameof(ILendingBook.LoansAsync), _ => Task.FromResult<IReadOnlyList<LoanRow>>(
                [new LoanRow("l-1", Seeds.Facility, 96_600_000, 43_500, day, "feed", Schedule, day, 0, "active")]))
            .On(nameof(ILendingBook.MarginCallsAsync), call => Task.FromResult<IReadOnlyList<MarginCallRow>>(
                (string?)call[1] is null or Seeds.Facility ? [CallOf(Seeds.Facility)] : []));
        host.Ledger
            .On(nameof(ILedger.TrialBalanceAsync), _ => Task.FromResult<IReadOnlyList<AccountBalance>>(
                [new AccountBalance("loan-principal/l-1", 100), new AccountBalance("entrusted-payment/feed", -100)]))
            .On(nameof(ILedger.TransfersAsync), call => Task.FromResult<IReadOnlyList<TransferRow>>([.. new[] { drawn, repaid, stranger }
                .Where(row => row.Postings.Any(posting => posting.Account.StartsWith((string)call[1]!, StringComparison.Ordinal)))]));
    });

    private static TransferRow Transfer(string id, DateTimeOffset at, params (string Account, long Fen)[] postings) => new(
        id, PortalHost.Bank, "draw", new DateOnly(2026, 11, 22), at, "me", [.. postings.Select(posting => new PostingRow(posting.Account, posting.Fen))]);

    private static MarginCallRow CallOf(string facility) => new(
        "mc-1", facility, PortalHost.Bank, "opened", SetClock.Start, null, 100, 0, null, 100, SetClock.Start.AddDays(5),
        """[{"reason":"dead-presumed","count":1,"assetIds":["cow-7"],"detail":""}]""");
}
