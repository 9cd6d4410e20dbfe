using Microsoft.Extensions.Logging;

namespace Earmark.Gateway.Intake;

/// <summary>What all inboxes of a gateway have in common.</summary>
internal sealed record InboxTerms(GatewayOptions Options, Receipts Receipts, HeldFrames Held, GatewayMeters Meters, ILogger Log);
