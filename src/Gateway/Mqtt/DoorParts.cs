using Earmark.Gateway.Refusals;

namespace Earmark.Gateway.Mqtt;

/// <summary>What every connection of the door needs.</summary>
internal sealed record DoorParts(Publishes Publishes, RefusalLog Refusals, GatewayOptions Options, GatewayMeters Meters);
