using System.Diagnostics.CodeAnalysis;
using Earmark.FirmwareProtocols.AndScale;
using Earmark.FirmwareProtocols.DigiStar;
using Earmark.FirmwareProtocols.EarMark;
using Earmark.FirmwareProtocols.Epc;
using Earmark.FirmwareProtocols.FdxB;
using Earmark.FirmwareProtocols.IcarAde;
using Earmark.FirmwareProtocols.Iso11784;
using Earmark.FirmwareProtocols.Jt808;
using Earmark.FirmwareProtocols.Llrp;
using Earmark.FirmwareProtocols.ModbusRtu;
using Earmark.FirmwareProtocols.MtSics;
using Earmark.FirmwareProtocols.Nmea;
using Earmark.FirmwareProtocols.Ohaus;
using Earmark.FirmwareProtocols.ReaderLine;
using Earmark.FirmwareProtocols.RiceLake;
using Earmark.FirmwareProtocols.Toledo;
using Earmark.FirmwareProtocols.Xk3190;

namespace Earmark.FirmwareProtocols.Wire;

/// <summary>All public protocols by name. <c>native</c> is not among them: it has keys (<see cref="Decoding.NativeDecoder"/>).</summary>
public static class Protocols
{
    private static readonly Protocol[] InOrder =
    [
        new Jt808Protocol(), new NmeaProtocol(),
        new Xk3190Protocol(), new Xk3190EqualsProtocol(reversed: false), new Xk3190EqualsProtocol(reversed: true), new Xk3190A12Protocol(),
        new MtSicsProtocol(), new AndProtocol(), new ToledoProtocol(), new RiceLakeProtocol(), new OhausProtocol(), new ModbusRtuProtocol(),
        new Iso11784Protocol(), new FdxBProtocol(), new EarMarkProtocol(), new EpcProtocol(), new ReaderLineProtocol(), new LlrpProtocol(), new DigiStarProtocol(), new IcarProtocol(),
    ];

    public static IReadOnlyList<Protocol> All => InOrder;

    public static bool TryGet(string name, [NotNullWhen(true)] out Protocol? protocol)
    {
        protocol = Array.Find(InOrder, candidate => candidate.Name == name);
        return protocol is not null;
    }
}
