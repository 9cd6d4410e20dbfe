using Earmark.Finance;
using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Storage.Book;

public abstract class ProductConformance(BookHost host) : BookConformance(host)
{
    private static readonly Product Dearer = ShippedProducts.Farmer with { AnnualRate = new Fraction(50_000) };

    private IProducts Products => field ??= new Products(Book);

    [Fact]
    public async Task An_institution_begins_with_the_shipped_products_and_adds_versions_of_its_own()
    {
        Assert.Equal(["farmer-aid", "smart-logistics", "smart-ranch", "smart-warehouse"], (await Products.CurrentAsync(Bank, Cancel)).Select(one => one.Product.Code));
        Assert.Null(await Products.AddAsync(Bank, Dearer, basedOn: 0, "officer", Noon, Cancel));
        Assert.Equal(2, (await Products.AddAsync(Bank, Dearer, basedOn: 1, "officer", Noon, Cancel))!.Version);
        Assert.Null(await Products.AddAsync(Bank, Dearer, basedOn: 1, "officer", Noon, Cancel));
        var newest = (await Products.OneAsync(Bank, "farmer-aid", 0, Cancel))!;
        Assert.Equal((2, 50_000, "officer", Noon), (newest.Version, newest.Product.AnnualRate.Millionths, newest.By, newest.At));
        Assert.Equal(43_500, (await Products.OneAsync(Bank, "farmer-aid", 1, Cancel))!.Product.AnnualRate.Millionths);
        Assert.Equal(4, (await Products.CurrentAsync(Bank, Cancel)).Count);
    }

    [Fact]
    public async Task Versions_are_of_one_institution_and_are_never_changed()
    {
        await Products.AddAsync(Bank, Dearer with { Code = "own" }, basedOn: 0, "officer", Noon, Cancel);
        Assert.Null(await Products.OneAsync("other-bank", "own", 0, Cancel));
        Assert.Equal(4, (await Products.CurrentAsync("other-bank", Cancel)).Count);
        foreach (var sql in new[] { "UPDATE product SET body = '{}'", "DELETE FROM product" })
        {
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Book.WriteAsync(session => session.ExecuteAsync(sql), Cancel));
        }
    }

    [Fact]
    public async Task Of_many_who_make_the_same_version_at_once_one_does()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Products.AddAsync(Bank, Dearer, basedOn: 1, $"officer-{number}", Noon, Cancel)));
        Assert.Single(made, one => one is not null);
    }
}
