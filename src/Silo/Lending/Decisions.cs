using System.Text.Json;
using Earmark.Contracts.Lending;
using Earmark.Finance;
using Earmark.Silo.Lending.Cover;
using Earmark.Storage.Book;

namespace Earmark.Silo.Lending;

/// <summary>What a decision rested on, kept whole with it: the order, the sites' positions, the price version, the cover.</summary>
/// <param name="Order">The caller's order as JSON; null for a decision nobody ordered.</param>
internal sealed record DecisionInputs(
    string? Order,
    SiteStanding[] Sites,
    long PriceVersion,
    DateTimeOffset AsOf,
    long DebtFen,
    long EligibleValueFen,
    long BorrowingBaseFen,
    long? LtvPpm,
    string State)
{
    public static DecisionInputs Of(string? order, CoverStep step, long priceVersion) => new(
        order,
        [.. step.Sites],
        priceVersion,
        step.Cover.AsOf,
        step.Cover.Debt.Fen,
        step.Cover.EligibleValue.Fen,
        step.Cover.BorrowingBase.Fen,
        FacilityViews.LtvPpm(step.Cover.Ltv),
        step.State);

    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static DecisionInputs Read(string json) => JsonSerializer.Deserialize<DecisionInputs>(json, JsonSerializerOptions.Web)!;
}

/// <summary>Makes decision rows of one facility; what is not said is empty.</summary>
internal static class Decisions
{
    public const string Accepted = "accepted";
    public const string Refused = "refused";

    public static LendingDecision Of(FacilityBook book, string id, string kind, bool accepted, DecisionInputs inputs, object answer, string by) => new(
        id,
        book.Row.FacilityId,
        book.Row.Version,
        kind,
        accepted ? Accepted : Refused,
        inputs.Write(),
        JsonSerializer.Serialize(answer, JsonSerializerOptions.Web),
        by,
        inputs.AsOf,
        Transfers: [],
        NewPledges: [],
        ReleasedAssetIds: [],
        Loans: [],
        MarginCall: null,
        Outbox: []);

    public static string OrderJson<T>(T order) => JsonSerializer.Serialize(order, JsonSerializerOptions.Web);
}
