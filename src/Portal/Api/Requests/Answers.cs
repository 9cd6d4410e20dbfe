using System.Globalization;
using System.Resources;
using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Portal.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Earmark.Portal.Api.Requests;

/// <summary>A command was accepted.</summary>
/// <param name="Id">The caller's id, or the one made here: repeating the request under it changes nothing.</param>
/// <param name="Position">Where the site's journal has it; 0 where no site is concerned.</param>
public sealed record CommandAccepted(string Id, long Position);

/// <param name="LoanId">The drawdown (借据) it made or paid.</param>
/// <param name="TransferId">The ledger transfer that booked it.</param>
public sealed record MoneyAccepted(string Id, string? LoanId, string? TransferId);

internal static class Answers
{
    // Reasons with a status of their own; every other refusal is 422.
    private const string RepeatedId = "repeated-id";

    private static readonly ResourceManager Texts = new(typeof(Words.Words));

    public static Results<Ok<CommandAccepted>, ProblemHttpResult> Of(string id, CommandReceipt receipt) =>
        receipt.Accepted ? TypedResults.Ok(new CommandAccepted(id, receipt.Position)) : Refusal(receipt.Reason, receipt.Detail);

    public static Results<Ok<MoneyAccepted>, ProblemHttpResult> Of(string id, MoneyReceipt receipt) => receipt.Accepted
        ? TypedResults.Ok(new MoneyAccepted(id, receipt.LoanId, receipt.TransferId))
        : Refusal(receipt.Reason, receipt.Detail);

    public static ProblemHttpResult Refusal(string? reason, string? detail) => reason == RepeatedId
        ? Problems.Of(StatusCodes.Status409Conflict, RepeatedId, Sentences(detail) ?? "The id stands already with another body.")
        : Problems.Refused(reason, Sentences(detail ?? reason));

    // A rule tells its reasons as codes, set apart by commas; a person who reads the problem is told what they mean.
    private static string? Sentences(string? detail)
    {
        var codes = detail?.Split(", ") ?? [];
        var sentences = codes.Select(code => Texts.GetString("refusal." + code, CultureInfo.InvariantCulture)).ToArray();
        return sentences.Length == 0 || sentences.Contains(null) ? detail : string.Join(' ', sentences);
    }
}
