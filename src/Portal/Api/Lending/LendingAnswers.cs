using System.Text.Json;
using Earmark.Contracts.Lending;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Reads;
using Earmark.Storage.Book;

namespace Earmark.Portal.Api.Lending;

/// <param name="State">opened, called, cured, enforced or withdrawn.</param>
/// <param name="Shortfall">Yuan missing when it was opened.</param>
public sealed record MarginCallAnswer(
    string MarginCallId,
    string FacilityId,
    string State,
    DateTimeOffset OpenedAt,
    DateTimeOffset? EndedAt,
    decimal Debt,
    decimal EligibleValue,
    decimal? Ltv,
    decimal Shortfall,
    DateTimeOffset CureBy,
    IReadOnlyList<MarginCallReason> Reasons)
{
    public static MarginCallAnswer Of(MarginCallView call) => new(
        call.MarginCallId,
        call.FacilityId,
        call.State,
        call.OpenedAt,
        call.EndedAt,
        Amounts.Yuan(call.DebtFen),
        Amounts.Yuan(call.EligibleValueFen),
        Amounts.Fraction(call.LtvPpm),
        Amounts.Yuan(call.ShortfallFen),
        call.CureBy,
        call.Reasons);

    public static MarginCallAnswer Of(MarginCallRow call) => new(
        call.MarginCallId,
        call.FacilityId,
        call.State,
        call.OpenedAt,
        call.EndedAt,
        Amounts.Yuan(call.DebtFen),
        Amounts.Yuan(call.EligibleValueFen),
        Amounts.Fraction(call.LtvPpm),
        Amounts.Yuan(call.ShortfallFen),
        call.CureBy,
        JsonSerializer.Deserialize<MarginCallReason[]>(call.Reasons, JsonSerializerOptions.Web) ?? []);
}

public sealed record MarginCallList(int Offset, IReadOnlyList<MarginCallAnswer> MarginCalls);

/// <param name="Schedule">Instalments as previewed and created.</param>
/// <param name="Standing">As of today.</param>
public sealed record LoanAnswer(
    string LoanId,
    decimal Principal,
    decimal AnnualRatePercent,
    DateOnly DrawnOn,
    string Payee,
    DateOnly AccruedThrough,
    string State,
    IReadOnlyList<InstalmentAnswer> Schedule,
    StandingOfLoan? Standing)
{
    private const decimal PercentOfPpm = 10_000m;

    public static LoanAnswer Of(LoanRow loan, LoanStanding? standing) => new(
        loan.LoanId,
        Amounts.Yuan(loan.PrincipalFen),
        loan.AnnualRatePpm / PercentOfPpm,
        loan.DrawnOn,
        loan.Payee,
        loan.AccruedThrough,
        loan.State,
        InstalmentAnswer.ReadAll(loan.Schedule),
        standing is null ? null : StandingOfLoan.Of(standing));
}

/// <param name="Principal">Outstanding, due or not.</param>
/// <param name="Interest">Booked up to yesterday and unpaid.</param>
/// <param name="DaysPastDue">Since the oldest due day of which something is late; the due day itself is not.</param>
/// <param name="RiskClass">pass, special-mention, substandard, doubtful or loss; with more than a tenth of what the borrower owes non-performing, the rest is at least substandard.</param>
public sealed record StandingOfLoan(
    decimal Principal, decimal Interest, decimal Fees, decimal Penalty, decimal OverduePrincipal, decimal OverdueInterest, int DaysPastDue, Finance.RiskClass RiskClass)
{
    public static StandingOfLoan Of(LoanStanding standing) => new(
        standing.Owed.Principal.Yuan,
        standing.Owed.Interest.Yuan,
        standing.Owed.Fee.Yuan,
        standing.Owed.Penalty.Yuan,
        standing.Arrears.Principal.Yuan,
        standing.Arrears.Interest.Yuan,
        standing.Arrears.DaysPastDue,
        standing.RiskClass);
}

/// <param name="Balance">Principal left after it.</param>
public sealed record InstalmentAnswer(int Number, DateOnly DueOn, decimal Principal, decimal Interest, decimal Balance)
{
    public static IReadOnlyList<InstalmentAnswer> ReadAll(string schedule) =>
        [.. (JsonSerializer.Deserialize<Kept[]>(schedule, JsonSerializerOptions.Web) ?? []).Select(row => new InstalmentAnswer(
            row.Number, row.DueOn, Amounts.Yuan(row.PrincipalFen), Amounts.Yuan(row.InterestFen), Amounts.Yuan(row.BalanceAfterFen)))];

    // As the lending grains write it into the Book.
    private sealed record Kept(int Number, DateOnly DueOn, long PrincipalFen, long InterestFen, long BalanceAfterFen);
}

public sealed record LoanList(IReadOnlyList<LoanAnswer> Loans);

/// <param name="RegistrationNumber">Of the pledge register (中登网).</param>
public sealed record PledgeLine(string AssetId, string SiteId, string RegistrationNumber, DateTimeOffset PledgedAt, DateTimeOffset? ReleasedAt)
{
    public static PledgeLine Of(PledgeRow row) => new(row.AssetId, row.SiteId, row.RegistrationNumber, row.PledgedAt, row.ReleasedAt);
}

public sealed record PledgeList(int Total, int Offset, IReadOnlyList<PledgeLine> Pledges);

/// <param name="Outcome">accepted or refused.</param>
/// <param name="Inputs">Kept whole, as it was decided on: sites and positions, price version, cover. Members ending in Fen are 分, in Ppm millionths.</param>
public sealed record DecisionAnswer(
    string DecisionId, long Version, string Kind, string Outcome, string By, DateTimeOffset At, JsonElement? Inputs, JsonElement? Answer)
{
    public static DecisionAnswer Of(DecisionRow row) => new(
        row.DecisionId, row.Version, row.Kind, row.Outcome, row.By, row.At, KeptJson.Read(row.Inputs), KeptJson.Read(row.Answer));
}

public sealed record DecisionList(int Offset, IReadOnlyList<DecisionAnswer> Decisions);

/// <param name="EffectiveOn">Business date it counts for.</param>
public sealed record TransferAnswer(
    string TransferId, string Kind, DateOnly EffectiveOn, DateTimeOffset RecordedAt, string By, IReadOnlyList<PostingAnswer> Postings)
{
    public static TransferAnswer Of(TransferRow row) => new(
        row.TransferId,
        row.Kind,
        row.EffectiveOn,
        row.RecordedAt,
        row.By,
        [.. row.Postings.Select(posting => new PostingAnswer(posting.Account, Amounts.Yuan(posting.AmountFen)))]);
}

/// <param name="Amount">Yuan; debit positive, credit negative; a transfer's postings sum to zero.</param>
public sealed record PostingAnswer(string Account, decimal Amount);

public sealed record TransferList(int Offset, IReadOnlyList<TransferAnswer> Transfers);

/// <param name="Sum">Of all accounts; zero at every instant.</param>
public sealed record TrialBalance(decimal Sum, IReadOnlyList<AccountAnswer> Accounts);

public sealed record AccountAnswer(string Account, decimal Balance);

/// <param name="Number">Transfers sealed so far.</param>
/// <param name="Hash">Of the newest seal, SHA-256. Whoever keeps it can hold the ledger to it.</param>
/// <param name="Unsealed">Committed since; sealed within seconds.</param>
/// <param name="Verified">How many seals were found to hold; null where it was not asked.</param>
/// <param name="BrokenAt">The first seal that does not hold.</param>
public sealed record SealAnswer(long Number, string Hash, long Unsealed, long? Verified, long? BrokenAt);
