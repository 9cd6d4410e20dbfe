using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Storage.Book;

public abstract class MarketConformance(BookHost host) : BookConformance(host)
{
    private Prices Prices => new(Book);

    [Fact]
    public async Task Each_posting_makes_the_next_version_and_the_newest_line_of_a_class_and_grade_counts()
    {
        Assert.Equal((0, 0), await Current());
        Assert.Equal(1, await Post("p-1", Price("cattle", "angus", 10), Price("cattle", "", 8)));
        Assert.Equal(2, await Post("p-2", Price("cattle", "angus", 11)));
        Assert.Equal((2, 2), await Current());
        var (_, prices) = await Prices.CurrentAsync(Bank, Cancel);
        Assert.Equal([("", 8, 1), ("angus", 11, 2)], prices.Select(price => (price.Grade, price.FenPerTonne, price.Version)));
        Assert.Equal([11, 8, 10], (await Prices.PastAsync(Bank, "cattle", 0, 10, Cancel)).Select(price => price.FenPerTonne));
        Assert.Equal(1, await Prices.PostAsync("other-bank", "p-1", "x", "y", Noon, [Price("cattle", "", 1)], Cancel));
    }

    [Fact]
    public async Task The_same_posting_again_answers_with_its_version_and_other_prices_under_its_id_are_refused()
    {
        await Post("p-1", Price("cattle", "", 10));
        await Post("p-2", Price("cattle", "", 11));
        Assert.Equal(1, await Post("p-1", Price("cattle", "", 10)));
        await Assert.ThrowsAsync<RepeatedIdException>(() => Post("p-1", Price("cattle", "", 12)));
        Assert.Equal((2, 1), await Current());
    }

    [Fact]
    public async Task Racing_postings_get_versions_of_their_own()
    {
        var versions = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Post($"p-{i}", Price("cattle", "", i)), Cancel)));
        Assert.Equal(Enumerable.Range(1, 20).Select(version => (long)version), versions.Order());
    }

    [Theory]
    [InlineData("UPDATE price SET fen_per_tonne = 1")]
    [InlineData("DELETE FROM price")]
    [InlineData("DELETE FROM price_posting")]
    public async Task A_price_is_refused_to_change_by_the_database_itself(string sql)
    {
        await Post("p-1", Price("cattle", "", 10));
        await RefusesItself(sql);
    }

    private Task<long> Post(string id, params PriceRow[] prices) => Prices.PostAsync(Bank, id, "officer", "market", Noon, prices, Cancel);

    private async Task<(long Version, int Lines)> Current()
    {
        var (version, prices) = await Prices.CurrentAsync(Bank, Cancel);
        return (version, prices.Count);
    }

    private static PriceRow Price(string priceClass, string grade, long fen) => new(priceClass, grade, fen, Noon, "market", 0, "officer");
}
