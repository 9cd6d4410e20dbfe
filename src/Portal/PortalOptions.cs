namespace Earmark.Portal;

/// <summary>What the host decides for the portal.</summary>
public sealed class PortalOptions
{
    /// <summary>The demo: the sign-in page says so and the clock may be stepped through the API.</summary>
    public bool DemoMode { get; set; }

    /// <summary>Cookies travel over HTTPS only. Off only where the portal binds to loopback without TLS.</summary>
    public bool SecureCookies { get; set; } = true;
}
