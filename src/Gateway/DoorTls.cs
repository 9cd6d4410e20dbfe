using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Earmark.Gateway;

/// <summary>
/// TLS of the front door. Where client authorities are named, a device may show a certificate of theirs, or must; it is let in only as the
/// device its certificate names, and its password is asked all the same.
/// </summary>
public sealed record DoorTls
{
    /// <summary>With its private key.</summary>
    public required X509Certificate2 Certificate { get; init; }

    /// <summary>The rest of the chain, sent with it.</summary>
    public X509Certificate2Collection Chain { get; init; } = [];

    /// <summary>Who may sign devices' certificates; empty: none is asked for.</summary>
    public X509Certificate2Collection ClientAuthorities { get; init; } = [];

    public bool RequireClientCertificate { get; init; }

    /// <summary>Whether the certificate's common name or one of its DNS names is the device's id.</summary>
    public static bool Names(X509Certificate2 certificate, string deviceId) =>
        certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) == deviceId
        || certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Any(names => names.EnumerateDnsNames().Contains(deviceId));

    internal void Configure(HttpsConnectionAdapterOptions https)
    {
        https.ServerCertificate = Certificate;
        https.ServerCertificateChain = Chain;
        if (ClientAuthorities.Count > 0)
        {
            https.ClientCertificateMode = RequireClientCertificate ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.AllowCertificate;
            https.ClientCertificateValidation = (certificate, _, _) => IsOurs(certificate);
        }
    }

    // Our own authorities only, and no questions to the outside while devices connect: a lost device is taken out of service in the register.
    private bool IsOurs(X509Certificate2 certificate)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(ClientAuthorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.2"));
        return chain.Build(certificate);
    }
}
