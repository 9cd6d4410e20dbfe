using Earmark.Contracts;
using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Finance;
using Earmark.Silo.Devices.Registering;
using Earmark.Storage.Book;

namespace Earmark.Silo.Lending;

/// <summary>Opens facilities of one institution.</summary>
public sealed class LendingDeskGrain(ILendingBook lending, IProducts products, IRegister register, DomainClock clock) : Grain, ILendingDeskGrain
{
    private const int MaximumText = 100;

    public async ValueTask<CommandReceipt> OpenFacility(FacilityOpening opening) =>
        await new KeptAnswers(register, clock, $"lending-desk/{this.GetPrimaryKeyString()}").Once(
            opening.OrderId,
            opening,
            () => Open(opening),
            receipt => receipt.Accepted ? receipt : null,
            CommandReceipt.Refuse);

    private async Task<CommandReceipt> Open(FacilityOpening opening)
    {
        var bound = opening.ProductCode.Length == 0
            ? null
            : await products.OneAsync(this.GetPrimaryKeyString(), opening.ProductCode, opening.ProductVersion, CancellationToken.None);
        if (bound is null && opening.ProductCode.Length > 0)
        {
            return CommandReceipt.Refuse("unknown-product", $"There is no version {opening.ProductVersion} of a product {opening.ProductCode}.");
        }

        if (bound is not null && opening.LimitFen > bound.Product.LimitMaximum.Fen)
        {
            return CommandReceipt.Refuse("over-product-limit", $"The product's largest limit is {bound.Product.LimitMaximum} yuan.");
        }

        var terms = bound is null ? FacilityTerms.Of(opening) : FacilityTerms.Of(bound.Product, bound.Version);
        if (WhyNot(opening, bound is null ? terms.Wrong() : null) is { } wrong)
        {
            return CommandReceipt.Refuse("bad-facility", wrong);
        }

        var row = new FacilityRow(
            opening.FacilityId,
            this.GetPrimaryKeyString(),
            opening.BorrowerId,
            opening.BorrowerName,
            bound?.Product.Name ?? opening.Product,
            opening.LimitFen,
            bound?.Product.AnnualRate.Millionths ?? opening.AnnualRatePpm,
            terms.Write(),
            Version: 0,
            clock.GetUtcNow());
        if (!await lending.AddFacilityAsync(row, CancellationToken.None))
        {
            return CommandReceipt.Refuse("facility-exists", $"A facility {opening.FacilityId} exists already.");
        }

        await GrainFactory.GetGrain<IFacilityGrain>(opening.FacilityId).Tick(clock.GetUtcNow());
        return new CommandReceipt(true, null, null, 0);
    }

    private static string? WhyNot(FacilityOpening opening, string? wrongTerms) =>
        !Names.IsValid(opening.FacilityId) ? $"A facility's id is 1 to {Names.MaximumLength} of a–z, 0–9 and '-'."
        : !Names.IsValid(opening.BorrowerId) ? "A borrower's id is no name."
        : IsNoText(opening.BorrowerName) || (opening.ProductCode.Length == 0 && IsNoText(opening.Product)) ? $"Borrower and product have 1 to {MaximumText} characters."
        : opening.LimitFen is <= 0 or > long.MaxValue / 1_000 ? "A limit is positive."
        : opening.AnnualRatePpm is < 0 or > Fraction.Scale ? "A rate is 0 to 100 % a year."
        : wrongTerms;

    private static bool IsNoText(string text) => string.IsNullOrWhiteSpace(text) || text.Length > MaximumText;
}
