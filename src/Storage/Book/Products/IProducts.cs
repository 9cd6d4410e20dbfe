using Earmark.Finance;

namespace Earmark.Storage.Book;

/// <summary>
/// Products of an institution, version by version. The shipped ones are version 1 of every institution without standing in its tables;
/// its own versions of them count from 2.
/// </summary>
public interface IProducts
{
    /// <summary>The newest version of each, by code.</summary>
    Task<IReadOnlyList<ProductVersion>> CurrentAsync(string institutionId, CancellationToken cancel);

    /// <param name="version">0 for the newest.</param>
    Task<ProductVersion?> OneAsync(string institutionId, string code, int version, CancellationToken cancel);

    /// <summary>Adds the version after <paramref name="basedOn"/> (0 for a new product); null when that is not the newest any more.</summary>
    Task<ProductVersion?> AddAsync(string institutionId, Product product, int basedOn, string by, DateTimeOffset at, CancellationToken cancel);
}

/// <param name="By">Who made it; "earmark" for a shipped one.</param>
public sealed record ProductVersion(Product Product, int Version, string By, DateTimeOffset At);
