using Earmark.FirmwareProtocols.Jt808.Messages;

namespace Earmark.FirmwareProtocols.Jt808;

/// <summary>One message with its header.</summary>
/// <param name="Header">Its id says what <paramref name="Body"/> is.</param>
/// <param name="Flaws">What was overlooked; always none for a strict terminal.</param>
public sealed record Jt808Message(Jt808Header Header, Jt808Body Body, Jt808Flaws Flaws);
