using System.Net;
using System.Threading.RateLimiting;
using Earmark.Contracts.Devices;
using Earmark.Gateway.Directory;
using Earmark.Gateway.Intake;
using Earmark.Gateway.Refusals;
using Earmark.Gateway.Sessions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Earmark.Gateway.Mqtt;

/// <summary>
/// Answers CONNECT: the user name is a device of the register, the password is its own, the client id is free, and its site takes frames.
/// Logins are paced, because a reconnect storm costs 0.7 ms of CPU each; failed ones are bounded by address.
/// </summary>
internal sealed class Logins : IDisposable
{
    // What an unknown name is checked against, so that it takes as long as a known one with a bad password.
    private static readonly string Decoy = DevicePassword.Hash(DevicePassword.Make());

    private readonly DeviceDirectory _directory;
    private readonly SiteInboxes _sites;
    private readonly LiveClients _clients;
    private readonly ConnectionNews _news;
    private readonly RefusalLog _refusals;
    private readonly GatewayLimits _limits;
    private readonly FailedLogins _failed;
    private readonly TokenBucketRateLimiter _pace;

    public Logins(
        DeviceDirectory directory, SiteInboxes sites, LiveClients clients, ConnectionNews news, RefusalLog refusals, GatewayOptions options)
    {
        (_directory, _sites, _clients, _news, _refusals, _limits) = (directory, sites, clients, news, refusals, options.Limits);
        _failed = new FailedLogins(options);
        var refillsPerSecond = Math.Clamp(_limits.LoginsPerSecond, 1, 20);
        _pace = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = _limits.LoginBurst,
            TokensPerPeriod = Math.Max(1, _limits.LoginsPerSecond / refillsPerSecond),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / refillsPerSecond),
            QueueLimit = _limits.LoginsWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    public async Task ValidateAsync(ValidatingConnectionEventArgs login)
    {
        var connection = (DeviceConnection)login.ChannelAdapter;
        if (string.IsNullOrEmpty(login.ClientId) && login.ProtocolVersion == MqttProtocolVersion.V500)
        {
            // Before any decision, or MQTTnet would blame the client id whatever the reason was.
            login.AssignedClientIdentifier = ConnectTerms.NewClientId();
        }
        var (code, reason) = await DecideAsync(login, connection);
        login.ReasonCode = code;
        // Which names exist is nobody's to try out; what is kept for the device's page says which it was.
        login.ReasonString = reason is GatewayReasons.UnknownDevice or GatewayReasons.BadPassword ? GatewayReasons.BadLogin : reason;
        if (reason is not null)
        {
            _refusals.Add(_directory.Remembers(login.UserName ?? "") ? login.UserName : null, reason, 0, System.Text.Encoding.UTF8.GetBytes(login.UserName ?? ""));
        }
    }

    public void Dispose() => _pace.Dispose();

    private async Task<(MqttConnectReasonCode Code, string? Reason)> DecideAsync(ValidatingConnectionEventArgs login, DeviceConnection connection)
    {
        var name = login.UserName ?? "";
        if (_failed.IsOver(login.RemoteEndPoint) && !_directory.Remembers(name))
        {
            return (MqttConnectReasonCode.ServerBusy, GatewayReasons.TooManyFailedLogins);
        }
        using var turn = await _pace.AcquireAsync(1, connection.Lifetime);
        if (!turn.IsAcquired)
        {
            return (MqttConnectReasonCode.ServerBusy, GatewayReasons.LoginsFull);
        }
        var (device, isAway) = await _directory.FindAsync(name);
        if (isAway)
        {
            return (MqttConnectReasonCode.ServerUnavailable, GatewayReasons.DirectoryAway);
        }
        if (!DevicePassword.Verify(login.Password, device?.Credentials.PasswordHash ?? Decoy) || device is null)
        {
            _failed.Add(login.RemoteEndPoint);
            return (MqttConnectReasonCode.BadUserNameOrPassword, device is null ? GatewayReasons.UnknownDevice : GatewayReasons.BadPassword);
        }
        if (!device.Credentials.InService)
        {
            return (MqttConnectReasonCode.NotAuthorized, GatewayReasons.OutOfService);
        }
        if (connection.ClientCertificate is { } certificate && !DoorTls.Names(certificate, device.Id))
        {
            _failed.Add(login.RemoteEndPoint);
            return (MqttConnectReasonCode.NotAuthorized, GatewayReasons.AnotherDevicesCertificate);
        }
        return _sites.IsAway(device)
            ? (MqttConnectReasonCode.ServerUnavailable, GatewayReasons.SiteAway)
            : await AdmitAsync(login, connection, device);
    }

    private async Task<(MqttConnectReasonCode Code, string? Reason)> AdmitAsync(
        ValidatingConnectionEventArgs login, DeviceConnection connection, KnownDevice device)
    {
        var clientId = login.AssignedClientIdentifier ?? login.ClientId;
        if (string.IsNullOrEmpty(clientId) || clientId.Length > _limits.ClientIdLength)
        {
            return (MqttConnectReasonCode.ClientIdentifierNotValid, GatewayReasons.BadClientId);
        }
        switch (await _clients.ReserveAsync(clientId, device.Id, connection))
        {
            case LiveClients.Answer.HeldByAnotherDevice:
                return (MqttConnectReasonCode.ClientIdentifierNotValid, GatewayReasons.ClientIdInUse);
            case LiveClients.Answer.Busy:
                return (MqttConnectReasonCode.ServerBusy, GatewayReasons.ClientIdInUse);
        }
        var remote = (login.RemoteEndPoint as IPEndPoint)?.ToString();
        connection.Session = new DeviceSession(device, remote, connection.Hold);
        connection.ReservedClientId = clientId;
        login.SessionItems[typeof(DeviceConnection)] = connection;
        _news.Tell(connection.Session, ConnectionState.Online, "connected");
        return (MqttConnectReasonCode.Success, null);
    }
}
