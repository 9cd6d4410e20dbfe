using Earmark.Contracts.Sites;
using Orleans.Concurrency;

namespace Earmark.Contracts.Market;

/// <summary>Prices of one institution (key). A posting writes a new version to the Book and wakes the facilities, never the herds.</summary>
[Alias("earmark.market")]
public interface IMarketGrain : IGrainWithStringKey
{
    [Alias("post")]
    ValueTask<CommandReceipt> Post(PricePosting posting);

    [Alias("current"), AlwaysInterleave]
    ValueTask<Lending.PriceTable> Current();
}

[GenerateSerializer, Immutable, Alias("earmark.price-posting")]
public sealed record PricePosting(
    [property: Id(0)] string PostingId,
    [property: Id(1)] string By,
    [property: Id(2)] string Source,
    [property: Id(3)] Lending.PriceLine[] Prices);
