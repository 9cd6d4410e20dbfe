using System.Buffers.Binary;
using System.Numerics;

namespace Earmark.Silo.Sites.Frames;

/// <summary>
/// XXH64 with seed 0 over a frame's bytes, to tell a repeated frame from another one under the same identity.
/// Not a proof of anything: the MAC and the chain are. Source: xxHash specification, "XXH64 algorithm description".
/// </summary>
internal static class FrameHash
{
    private const ulong Prime1 = 11400714785074694791;
    private const ulong Prime2 = 14029467366897019727;
    private const ulong Prime3 = 1609587929392839161;
    private const ulong Prime4 = 9650029242287828579;
    private const ulong Prime5 = 2870177450012600261;
    private const int Stripe = 32;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes;
        var sum = bytes.Length >= Stripe ? Stripes(ref rest) : Prime5;
        sum += (ulong)bytes.Length;
        for (; rest.Length >= 8; rest = rest[8..])
        {
            sum = (BitOperations.RotateLeft(sum ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(rest)), 27) * Prime1) + Prime4;
        }

        if (rest.Length >= 4)
        {
            sum = (BitOperations.RotateLeft(sum ^ (BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime1), 23) * Prime2) + Prime3;
            rest = rest[4..];
        }

        foreach (var one in rest)
        {
            sum = BitOperations.RotateLeft(sum ^ (one * Prime5), 11) * Prime1;
        }

        sum = (sum ^ (sum >> 33)) * Prime2;
        sum = (sum ^ (sum >> 29)) * Prime3;
        return sum ^ (sum >> 32);
    }

    private static ulong Stripes(ref ReadOnlySpan<byte> rest)
    {
        ulong a = unchecked(Prime1 + Prime2), b = Prime2, c = 0, d = unchecked(0 - Prime1);
        for (; rest.Length >= Stripe; rest = rest[Stripe..])
        {
            a = Round(a, BinaryPrimitives.ReadUInt64LittleEndian(rest));
            b = Round(b, BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]));
            c = Round(c, BinaryPrimitives.ReadUInt64LittleEndian(rest[16..]));
            d = Round(d, BinaryPrimitives.ReadUInt64LittleEndian(rest[24..]));
        }

        var sum = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7)
            + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
        return Merge(Merge(Merge(Merge(sum, a), b), c), d);
    }

    private static ulong Round(ulong sum, ulong lane) => BitOperations.RotateLeft(sum + (lane * Prime2), 31) * Prime1;

    private static ulong Merge(ulong sum, ulong lane) => ((sum ^ Round(0, lane)) * Prime1) + Prime4;
}
