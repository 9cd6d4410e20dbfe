using System.Xml.Linq;
using Earmark.Storage.Book;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Earmark.Portal.Identity;

/// <summary>Data-protection keys in the Book: a restart or a second portal keeps sign-ins and open forms.</summary>
internal sealed class ProtectionKeys(IIdentity identity) : IXmlRepository
{
    // The interface is synchronous; it is called at start and once in 90 days.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        Task.Run(() => identity.ProtectionKeysAsync(CancellationToken.None)).GetAwaiter().GetResult().Select(XElement.Parse).ToArray();

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => identity.AddProtectionKeyAsync(friendlyName, element.ToString(SaveOptions.DisableFormatting), CancellationToken.None))
            .GetAwaiter().GetResult();
}
