using System.Text.Json;
using Earmark.Finance;
using Earmark.Storage.Book;

namespace Earmark.Silo.Lending.Calls;

/// <summary>Events about margin calls that leave through the outbox. Money in yuan, LTV as a fraction, instants ISO 8601 UTC.</summary>
internal static class CallEvents
{
    public const string Opened = "margin-call-opened";
    public const string Cured = "margin-call-cured";
    public const string Withdrawn = "margin-call-withdrawn";

    public static OutboxRow Row(string kind, MarginCallRow call, FacilityBook book, DateTimeOffset at)
    {
        var body = new MarginCallNotice(
            kind,
            call.MarginCallId,
            call.FacilityId,
            call.InstitutionId,
            book.Row.BorrowerName,
            at.ToUniversalTime(),
            new Money(call.DebtFen).Yuan,
            new Money(call.EligibleValueFen).Yuan,
            call.LtvPpm is { } ltv ? (decimal)ltv / Fraction.Scale : null,
            new Money(call.ShortfallFen).Yuan,
            call.CureBy.ToUniversalTime(),
            [.. MarginCallRows.Merge(MarginCallRows.Reasons(call)).Select(reason => new NoticeReason(reason.Reason, reason.Count, reason.AssetIds, reason.Detail))]);
        return new OutboxRow(
            $"{call.MarginCallId}/{kind}", call.InstitutionId, kind, call.FacilityId, JsonSerializer.Serialize(body, JsonSerializerOptions.Web), at, 0, "");
    }
}

/// <summary>What a receiver of margin-call events reads. Debt, eligible value and LTV are those at the opening.</summary>
internal sealed record MarginCallNotice(
    string Event,
    string MarginCallId,
    string FacilityId,
    string InstitutionId,
    string BorrowerName,
    DateTimeOffset At,
    decimal Debt,
    decimal EligibleValue,
    decimal? Ltv,
    decimal Shortfall,
    DateTimeOffset CureBy,
    NoticeReason[] Reasons);

internal sealed record NoticeReason(string Reason, int Count, string[] AssetIds, string Detail);
