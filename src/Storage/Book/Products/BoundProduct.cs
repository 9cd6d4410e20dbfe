using System.Text.Json;
using Earmark.Finance;

namespace Earmark.Storage.Book;

/// <summary>The product a facility was opened with, kept whole with it: a later version changes nothing here.</summary>
public sealed record BoundProduct(Product Product, int Version)
{
    /// <summary>From a facility's terms (JSON); null for one that was opened with terms of its own.</summary>
    public static BoundProduct? Of(string facilityTerms)
    {
        var kept = JsonSerializer.Deserialize<Kept>(facilityTerms, JsonSerializerOptions.Web);
        return kept?.ProductBody is { } body ? new BoundProduct(Products.ReadBody(body), kept.ProductVersion) : null;
    }

    /// <summary>How drawdowns of a facility come back.</summary>
    public static LoanRules RulesOf(string facilityTerms) => Of(facilityTerms)?.Product.Loan ?? LoanRules.Default;

    private sealed record Kept(string? ProductBody, int ProductVersion);
}
