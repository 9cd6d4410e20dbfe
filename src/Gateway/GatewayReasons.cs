namespace Earmark.Gateway;

/// <summary>Reasons of the gateway's own, beside those of the protocols and the sites. Names never change their meaning.</summary>
public static class GatewayReasons
{
    public const string AnotherDevice = "another-device";
    public const string AnotherDevicesTopic = "another-devices-topic";
    public const string AnotherDevicesCertificate = "another-devices-certificate";
    public const string NotAuthorizedTopic = "not-authorized-topic";
    public const string UnknownKey = "unknown-key";
    public const string UnknownDevice = "unknown-device";
    public const string BadPassword = "bad-password";

    /// <summary>What a client is told of either of these two.</summary>
    public const string BadLogin = "bad-login";
    public const string OutOfService = "out-of-service";
    public const string NoLongerRegistered = "no-longer-registered";
    public const string ClientIdInUse = "client-id-in-use";
    public const string BadClientId = "bad-client-id";
    public const string TooManyFailedLogins = "too-many-failed-logins";
    public const string LoginsFull = "logins-full";
    public const string DirectoryAway = "directory-away";
    public const string SiteAway = "site-away";
    public const string NotRecorded = "not-recorded";
    public const string NotMqtt = "not-mqtt";
    public const string MalformedPacket = "malformed-packet";
    public const string OversizePacket = "oversize-packet";
    public const string ConnectTimeout = "connect-timeout";
    public const string ConnectionLimit = "connection-limit";
    public const string TopicAliasLimit = "topic-alias-limit";
    public const string OutboxUnreadable = "outbox-unreadable";
    public const string RepeatedAbuse = "repeated-abuse";
}
