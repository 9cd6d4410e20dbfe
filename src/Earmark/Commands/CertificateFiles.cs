using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Earmark.Host.Commands;

/// <summary>Certificates from PEM files, as the command line names them.</summary>
internal static class CertificateFiles
{
    /// <summary>The first certificate of a file with its private key from another, and the rest of the chain behind it.</summary>
    /// <exception cref="ArgumentException">The files are not there, not readable or no certificate with its key.</exception>
    public static (X509Certificate2 Certificate, X509Certificate2Collection Chain) Read(string certificate, string key) => Read(certificate, () =>
    {
        var all = Authorities(certificate);
        var first = X509Certificate2.CreateFromPemFile(certificate, key);
        return (first, new X509Certificate2Collection(all.Skip(1).ToArray()));
    });

    public static X509Certificate2Collection Authorities(string file) => Read(file, () =>
    {
        X509Certificate2Collection found = [];
        found.ImportFromPemFile(file);
        return found.Count > 0 ? found : throw new CryptographicException("there is no certificate in it");
    });

    private static T Read<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ArgumentException($"{file} cannot be used: {unreadable.Message}", unreadable);
        }
    }
}
