using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808.Messages;

/// <summary>Which body belongs to which id.</summary>
internal static class Jt808Bodies
{
    /// <summary>Null with a refusal whose offset counts from the body's first byte.</summary>
    public static Jt808Body? Read(in Jt808Header header, ReadOnlySpan<byte> body, ProtocolSettings settings, out Refusal refusal)
    {
        refusal = new Refusal(Jt808Reasons.BadBody, body.Length);
        switch (header.Id)
        {
            case Jt808Ids.Heartbeat or Jt808Ids.Logout or Jt808Ids.TimeRequest or Jt808Ids.VendorTimeRequest or Jt808Ids.AskLocation:
                refusal = new Refusal(Jt808Reasons.BadBody, 0);
                // Some terminals fill their heartbeat; what they say there is nobody's business but theirs.
                return body.IsEmpty ? Jt808Empty.Instance : header.Id == Jt808Ids.Heartbeat || settings.Lenient ? new Jt808Bytes(body.ToArray()) : null;
            case Jt808Ids.TerminalReply or Jt808Ids.PlatformReply: return Jt808Reply.Read(body, ref refusal);
            case Jt808Ids.Registration: return Jt808Registration.Read(header, body, ref refusal);
            case Jt808Ids.RegistrationReply: return Jt808RegistrationReply.Read(body, ref refusal);
            case Jt808Ids.Authentication: return Jt808Authentication.Read(header, body, settings, ref refusal);
            case Jt808Ids.Location: return Jt808LocationReport.Read(body, settings, null, out refusal);
            case Jt808Ids.LocationReply: return Jt808LocationReport.ReadReply(body, settings, ref refusal);
            case Jt808Ids.LocationBatch: return Jt808LocationBatch.Read(body, settings, ref refusal);
            case Jt808Ids.MissingParts or Jt808Ids.TerminalMissingParts: return Jt808MissingParts.Read(header, body, ref refusal);
            case Jt808Ids.TimeReply or Jt808Ids.VendorTimeReply: return Jt808Time.Read(header, body, ref refusal);
            case Jt808Ids.SetParameters: return Jt808Parameters.Read(body, ref refusal);
            case Jt808Ids.Control: return Jt808Control.Read(body, ref refusal);
            case Jt808Ids.Text: return Jt808TextMessage.Read(header, body, ref refusal);
            case Jt808Ids.PassThroughUp or Jt808Ids.PassThroughDown: return Jt808PassThrough.Read(body, ref refusal);
            default: return new Jt808Bytes(body.ToArray());
        }
    }
}
