using System.Diagnostics.CodeAnalysis;
using Earmark.FirmwareProtocols.Jt808;

namespace Earmark.FirmwareProtocols.Wire;

/// <summary>All public protocols by name. <c>native</c> is not among them: it has keys (<see cref="Decoding.NativeDecoder"/>).</summary>
public static class Protocols
{
    private static readonly Protocol[] InOrder = [new Jt808Protocol()];

    public static IReadOnlyList<Protocol> All => InOrder;

    public static bool TryGet(string name, [NotNullWhen(true)] out Protocol? protocol)
    {
        protocol = Array.Find(InOrder, candidate => candidate.Name == name);
        return protocol is not null;
    }
}
