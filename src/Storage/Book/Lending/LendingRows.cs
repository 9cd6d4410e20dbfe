using System.Data.Common;

namespace Earmark.Storage.Book;

/// <summary>Columns of the lending tables and how their rows are read back.</summary>
internal static class LendingRows
{
    public const string Facility =
        "facility_id, institution_id, borrower_id, borrower_name, product, limit_fen, annual_rate_ppm, terms, version, opened_at";

    public const string Pledge = "asset_id, facility_id, site_id, registration_number, pledged_at, released_at";

    public const string Loan =
        "loan_id, facility_id, principal_fen, annual_rate_ppm, drawn_on, payee, schedule, accrued_through, accrued_remainder, state";

    public const string MarginCall =
        "margin_call_id, facility_id, institution_id, state, opened_at, ended_at, debt_fen, eligible_value_fen, ltv_ppm, shortfall_fen, cure_by, reasons";

    public const string Decision = "decision_id, facility_id, version, kind, outcome, inputs, answer, made_by, at";

    public static FacilityRow ReadFacility(DbDataReader row) => new(
        row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Number(5), row.Int(6), row.Text(7), row.Number(8), row.Time(9));

    public static PledgeRow ReadPledge(DbDataReader row) =>
        new(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Time(4), row.TimeOrNull(5));

    public static LoanRow ReadLoan(DbDataReader row) => new(
        row.Text(0), row.Text(1), row.Number(2), row.Int(3), row.Day(4), row.Text(5), row.Text(6), row.Day(7), row.Number(8), row.Text(9));

    public static MarginCallRow ReadMarginCall(DbDataReader row) => new(
        row.Text(0),
        row.Text(1),
        row.Text(2),
        row.Text(3),
        row.Time(4),
        row.TimeOrNull(5),
        row.Number(6),
        row.Number(7),
        row.NumberOrNull(8),
        row.Number(9),
        row.Time(10),
        row.Text(11));

    public static DecisionRow ReadDecision(DbDataReader row) => new(
        row.Text(0), row.Text(1), row.Number(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6), row.Text(7), row.Time(8));
}
