using System.Security.Cryptography.X509Certificates;

namespace Earmark.Gateway.Broker;

/// <summary>An outside MQTT 5 broker this gateway is a client of, beside its own front door.</summary>
public sealed record BrokerOptions
{
    /// <summary><c>mqtt://host:1883</c>, or <c>mqtts://host:8883</c> for TLS.</summary>
    public required Uri Address { get; init; }

    /// <summary>Lasts over restarts: the broker keeps what is not acknowledged for the client of this id, and for no other.</summary>
    public required string ClientId { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>
    /// Null: a subscription of its own, so that each gateway gets every message and sites drop what comes twice. Gateways of one group share
    /// the messages instead, within limits (docs/decisions/outside-broker.md): Mosquitto 2.0.11 forgets shared subscriptions when it is
    /// restarted, and a device may send at most some 120 frames while one gateway of the group is away.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>Where frames wait that their site does not take and the broker need not keep.</summary>
    public required string OutboxFolder { get; init; }

    /// <summary>Who may have signed the broker's certificate; empty for those the machine trusts.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];

    /// <summary>With its private key, where the broker asks for one.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Messages taken from the broker and not yet acknowledged: then it sends no more. Its own limit (Mosquitto's max_inflight_messages) must not be lower.</summary>
    public ushort ReceiveMaximum { get; init; } = 2_000;

    /// <summary>How long the broker keeps for us while we are away.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A frame its site has not recorded by then goes to the outbox, so that it holds up none of the other sites' acknowledgements.</summary>
    public TimeSpan OutboxAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes of the outbox on disk; at it frames stay unacknowledged, and the broker keeps them.</summary>
    public long OutboxBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Frames of one device taken from the outbox at once.</summary>
    public int DrainAtOnce { get; init; } = 32;

    /// <summary>Devices whose frames are taken from the outbox at the same time.</summary>
    public int DrainDevices { get; init; } = 64;

    /// <summary>How long the outbox rests when a site still does not take its frames.</summary>
    public TimeSpan DrainPause { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan FirstReconnect { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan LongestReconnect { get; init; } = TimeSpan.FromSeconds(10);
}
