namespace Earmark.Storage.Book;

/// <summary>Facilities, pledges, loans and margin calls. One decision is one transaction: see <see cref="CommitAsync"/>.</summary>
public interface ILendingBook
{
    Task<bool> AddFacilityAsync(FacilityRow facility, CancellationToken cancel);
    Task<FacilityState?> FacilityAsync(string facilityId, CancellationToken cancel);

    /// <summary>Facilities of one institution, or of all (for the keeper).</summary>
    Task<IReadOnlyList<FacilityRow>> FacilitiesAsync(string? institutionId, CancellationToken cancel);

    /// <summary>
    /// Writes a decision whole or not at all: compare-and-raise of the facility's version, the decision with its inputs,
    /// ledger transfers, pledges, loan rows, the margin-call row and the outbox.
    /// </summary>
    Task<CommitResult> CommitAsync(LendingDecision decision, CancellationToken cancel);

    Task<IReadOnlyList<PledgeRow>> PledgesAsync(string facilityId, CancellationToken cancel);

    /// <summary>Those not released, at one site, in order of asset.</summary>
    Task<IReadOnlyList<PledgeRow>> ActivePledgesAsync(string facilityId, string siteId, CancellationToken cancel);
    Task<PledgeRow?> ActivePledgeAsync(string assetId, CancellationToken cancel);
    Task<IReadOnlyList<LoanRow>> LoansAsync(string facilityId, CancellationToken cancel);
    Task<IReadOnlyList<MarginCallRow>> MarginCallsAsync(string institutionId, string? facilityId, bool openOnly, int offset, int count, CancellationToken cancel);

    /// <summary>The decision of that id, so that a repeated order answers with its first result; null when there is none.</summary>
    Task<DecisionRow?> DecisionAsync(string decisionId, CancellationToken cancel);
    Task<IReadOnlyList<DecisionRow>> DecisionsAsync(string facilityId, int offset, int count, CancellationToken cancel);
}

public enum CommitResult
{
    Committed,

    /// <summary>The facility's version moved on: load again and decide again.</summary>
    VersionConflict,

    /// <summary>The decision id stands already: the first result holds.</summary>
    AlreadyCommitted,

    /// <summary>An asset is in another active pledge.</summary>
    AssetPledged,

    /// <summary>A margin call is open already.</summary>
    MarginCallOpen,
}

/// <param name="Terms">JSON: price classes, haircut, advance rate, lines, cure days.</param>
public sealed record FacilityRow(
    string FacilityId,
    string InstitutionId,
    string BorrowerId,
    string BorrowerName,
    string Product,
    long LimitFen,
    int AnnualRatePpm,
    string Terms,
    long Version,
    DateTimeOffset OpenedAt);

/// <summary>
/// Everything a facility grain loads on activation. Pledges as one line a site: a herd's worth of rows in the memory of each
/// facility would cost more than the herd's own columns.
/// </summary>
/// <param name="BalancesFen">By account, of every account named <c>{kind}/{loan id}</c> for a loan of this facility.</param>
public sealed record FacilityState(
    FacilityRow Facility,
    IReadOnlyList<PledgedSite> Sites,
    IReadOnlyList<LoanRow> Loans,
    MarginCallRow? OpenMarginCall,
    IReadOnlyDictionary<string, long> BalancesFen);

/// <param name="Outcome">accepted or refused; a refusal is kept with its reasons and posts nothing.</param>
/// <param name="Inputs">JSON: site epochs and positions, price version, asOf, the cover computed.</param>
/// <param name="MarginCall">Inserted, or replaced where its id stands already.</param>
public sealed record LendingDecision(
    string DecisionId,
    string FacilityId,
    long ExpectedVersion,
    string Kind,
    string Outcome,
    string Inputs,
    string Answer,
    string By,
    DateTimeOffset At,
    IReadOnlyList<TransferRow> Transfers,
    IReadOnlyList<PledgeRow> NewPledges,
    IReadOnlyList<string> ReleasedAssetIds,
    IReadOnlyList<LoanRow> Loans,
    MarginCallRow? MarginCall,
    IReadOnlyList<OutboxRow> Outbox);

public sealed record DecisionRow(string DecisionId, string FacilityId, long Version, string Kind, string Outcome, string Inputs, string Answer, string By, DateTimeOffset At);

/// <summary>The active pledges of a facility at one site.</summary>
public sealed record PledgedSite(string SiteId, int Assets, DateTimeOffset NewestAt);

public sealed record PledgeRow(string AssetId, string FacilityId, string SiteId, string RegistrationNumber, DateTimeOffset PledgedAt, DateTimeOffset? ReleasedAt);

/// <param name="Schedule">JSON rows as previewed.</param>
/// <param name="AccruedThrough">Interest is booked up to and including this day.</param>
/// <param name="AccruedRemainder">What rounding to 分 has left over, in the units of <c>Finance.AccrualCarry</c>.</param>
public sealed record LoanRow(
    string LoanId,
    string FacilityId,
    long PrincipalFen,
    int AnnualRatePpm,
    DateOnly DrawnOn,
    string Payee,
    string Schedule,
    DateOnly AccruedThrough,
    long AccruedRemainder,
    string State);

/// <param name="Reasons">JSON array of {reason, count, assetIds, detail}.</param>
public sealed record MarginCallRow(
    string MarginCallId,
    string FacilityId,
    string InstitutionId,
    string State,
    DateTimeOffset OpenedAt,
    DateTimeOffset? EndedAt,
    long DebtFen,
    long EligibleValueFen,
    long? LtvPpm,
    long ShortfallFen,
    DateTimeOffset CureBy,
    string Reasons);
