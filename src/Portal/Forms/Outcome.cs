using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;

namespace Earmark.Portal.Forms;

/// <summary>What became of a posted form, as its page shows it.</summary>
/// <param name="Reason">Kebab-case reason of a refusal; null when accepted.</param>
/// <param name="Detail">A sentence, or several reasons set apart by commas.</param>
/// <param name="What">What an acceptance made, e.g. a loan's id.</param>
public sealed record Outcome(bool Accepted, string? Reason, string? Detail, string? What)
{
    public static Outcome Of(CommandReceipt receipt, string? what = null) => new(receipt.Accepted, receipt.Reason, receipt.Detail, what);

    public static Outcome Of(MoneyReceipt receipt) => new(receipt.Accepted, receipt.Reason, receipt.Detail, receipt.LoanId);

    /// <summary>The form itself was wrong; nothing was asked of anyone.</summary>
    public static Outcome Wrong(string reason) => new(false, reason, null, null);

    /// <summary>All reasons named, the first one first.</summary>
    public IReadOnlyList<string> Reasons => [.. new[] { Reason ?? "refused" }.Concat(IsCodes ? Named : []).Distinct(StringComparer.Ordinal)];

    /// <summary>The sentence that came with a refusal; null where the reasons say all.</summary>
    public string? Sentence => IsCodes ? null : Detail;

    private string[] Named => (Detail ?? "").Split(", ", StringSplitOptions.RemoveEmptyEntries);

    private bool IsCodes => Named.All(word => word.All(c => c is (>= 'a' and <= 'z') or '-' or (>= '0' and <= '9')));
}
