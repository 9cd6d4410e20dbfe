namespace Earmark.Storage.Book;

public interface IPrices
{
    /// <summary>Adds a version to the institution's prices; the same posting id answers with the version it made.</summary>
    Task<long> PostAsync(string institutionId, string postingId, string by, string source, DateTimeOffset at, IReadOnlyList<PriceRow> prices, CancellationToken cancel);

    /// <summary>The newest line of each (class, grade) with the newest version; version 0 and no lines at first.</summary>
    Task<(long Version, IReadOnlyList<PriceRow> Prices)> CurrentAsync(string institutionId, CancellationToken cancel);

    Task<IReadOnlyList<PriceRow>> PastAsync(string institutionId, string? priceClass, int offset, int count, CancellationToken cancel);
}

public sealed record PriceRow(string PriceClass, string Grade, long FenPerTonne, DateTimeOffset EffectiveAt, string Source, long Version, string By);
