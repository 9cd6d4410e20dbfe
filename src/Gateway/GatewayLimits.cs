using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;

namespace Earmark.Gateway;

/// <summary>Every limit of the device side and what happens at it.</summary>
public sealed record GatewayLimits
{
    /// <summary>Open connections; a further one is closed at once and counted.</summary>
    public int Connections { get; init; } = 20_000;

    /// <summary>Connections of one device under different client ids; a further one closes the oldest.</summary>
    public int ConnectionsPerDevice { get; init; } = 4;

    /// <summary>
    /// Bytes of one MQTT packet after its fixed header. A longer PUBLISH is cut to this before it is kept anywhere, and then refused as
    /// oversize (and so acknowledged); another longer packet closes the connection.
    /// </summary>
    public int PacketBytes { get; init; } = 2 * SiteLimits.FrameBytes;

    /// <summary>A PUBLISH that claims more than this is not read to its end: the connection is closed.</summary>
    public int DiscardedBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Bytes the transport reads ahead of us on one connection; then TCP makes the device wait.</summary>
    public int ReadAheadBytes { get; init; } = 64 * 1024;

    /// <summary>Answers (PUBACK, PINGRESP, …) a connection may leave unread; then nothing more is read from it.</summary>
    public int UnsentAnswers { get; init; } = 256;

    /// <summary>Topic aliases of one MQTT 5 connection; a higher one closes it.</summary>
    public int TopicAliases { get; init; } = 4;

    public int ClientIdLength { get; init; } = 128;

    /// <summary>From TCP connect to a whole CONNECT packet.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Given to a client that asks for none or for more: silence for 1.5 times as long closes its connection.</summary>
    public TimeSpan LongestKeepAlive { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Logins begun each second (0.7 ms of CPU each); others wait their turn.</summary>
    public int LoginsPerSecond { get; init; } = 500;

    public int LoginBurst { get; init; } = 250;

    /// <summary>Logins waiting their turn; a further one is answered "server busy".</summary>
    public int LoginsWaiting { get; init; } = 10_000;

    /// <summary>Failed logins from one address (IPv6: one /64) in a minute; then names we do not already know are refused from there unseen.</summary>
    public int FailedLoginsPerMinute { get; init; } = 600;

    public int AddressesRemembered { get; init; } = 10_000;

    /// <summary>How long a newcomer with a live client id waits for the end of the connection it replaces.</summary>
    public TimeSpan TakeOverWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Devices remembered; the least recently used is forgotten.</summary>
    public int KnownDevices { get; init; } = 50_000;

    /// <summary>After this the register is asked again, so a removed device is refused this much later at most.</summary>
    public TimeSpan KnownFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>While the register does not answer, what is known is believed this long.</summary>
    public TimeSpan KnownWhileAway { get; init; } = TimeSpan.FromMinutes(10);

    public int UnknownNames { get; init; } = 20_000;

    public TimeSpan UnknownFor { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Questions to the register at the same time; others wait.</summary>
    public int Lookups { get; init; } = 64;

    /// <summary>
    /// Messages of one connection not yet answered; at it nothing more is read from the connection. MQTT 5 clients are told it as the
    /// receive maximum; one that sends more all the same is made to wait, not thrown out.
    /// </summary>
    public int FramesPerConnection { get; init; } = 64;

    /// <summary>Frames of one site waiting or in flight; at it nothing more is read from a connection that brought one more.</summary>
    public int FramesPerInbox { get; init; } = 2 * SiteLimits.FramesPerBatch;

    /// <summary>Frames of all sites waiting or in flight; beyond it each site may hold only <see cref="FramesPerInboxWhenCrowded"/>.</summary>
    public int FramesHeld { get; init; } = 50_000;

    public int FramesPerInboxWhenCrowded { get; init; } = 16;

    /// <summary>
    /// A call to a site costs as much as twenty frames in it. So the next call to a site called within <see cref="BusyWithin"/> waits this
    /// long for company, unless <see cref="FramesWorthACall"/> are there; a quiet site's frame goes at once.
    /// </summary>
    public TimeSpan BatchWait { get; init; } = TimeSpan.FromMilliseconds(3);

    public TimeSpan BusyWithin { get; init; } = TimeSpan.FromMilliseconds(15);

    public int FramesWorthACall { get; init; } = 32;

    /// <summary>How often the held frames are looked at for those held too long.</summary>
    public TimeSpan HoldLook { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A frame is held unacknowledged this long at most, and less than half its connection's keep-alive; then its connection is closed.</summary>
    public TimeSpan LongestHold { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A site that stays away is tried with new connections again after this, in case only the frame tried so far is at fault.</summary>
    public TimeSpan LongestAway { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>When the gateway stops, frames in hand have this long to get their receipts; then they stay unacknowledged.</summary>
    public TimeSpan StopWait { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Refused messages of one connection in a minute; one more is abuse and closes it.</summary>
    public int RefusalsPerMinute { get; init; } = 120;

    /// <summary>Different refusals kept between two flushes; what is beyond is only counted.</summary>
    public int RefusalsKept { get; init; } = RefusalBatch.MaximumRefusals;

    public TimeSpan RefusalFlush { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>News of connections waiting for their device grains; the oldest are dropped and counted (the next news replaces them).</summary>
    public int ConnectionNews { get; init; } = 8_192;
}
