using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Earmark.Tests.Gateway.Doubles;

/// <summary>An authority of the test's own and what it signs.</summary>
internal sealed class TestCertificates : IDisposable
{
    private static readonly Oid ServerUse = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientUse = new("1.3.6.1.5.5.7.3.2");

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=a test's authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Authority = request.CreateSelfSigned(_now.AddDays(-1), _now.AddDays(2));
    }

    public X509Certificate2 Authority { get; }

    public X509Certificate2Collection Authorities => [X509CertificateLoader.LoadCertificate(Authority.RawData)];

    public X509Certificate2 Server() => Sign("CN=localhost", ServerUse, "localhost");

    public X509Certificate2 Device(string commonName, string? dnsName = null) => Sign($"CN={commonName}", ClientUse, dnsName);

    public void Dispose() => Authority.Dispose();

    private X509Certificate2 Sign(string name, Oid use, string? dnsName)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([use], false));
        if (dnsName is not null)
        {
            SubjectAlternativeNameBuilder names = new();
            names.AddDnsName(dnsName);
            names.AddIpAddress(System.Net.IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }
        using var signed = request.Create(Authority, _now.AddDays(-1), _now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        using var whole = signed.CopyWithPrivateKey(key);
        // SslStream wants the key in a store-like form on some platforms; this is the form that works on all.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
