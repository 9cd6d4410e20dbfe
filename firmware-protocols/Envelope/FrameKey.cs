using System.Security.Cryptography;

namespace Earmark.FirmwareProtocols.Envelope;

/// <summary>
/// A device's 32-byte frame key. Keeps one HMAC-SHA256 state and reuses it; calls are serialised by a lock, so one key may be
/// shared by threads, though it is meant to live with one connection. Disposed keys throw.
/// </summary>
public sealed class FrameKey : IDisposable
{
    public const int Length = 32;

    private readonly Lock _turn = new();
    private readonly IncrementalHash _hmac;

    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public FrameKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Length)
        {
            throw new ArgumentException($"A frame key has {Length} bytes, not {key.Length}.", nameof(key));
        }
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
    }

    /// <summary>Whether the last 16 bytes of a frame are the MAC of all bytes before them. Compares in constant time; allocates nothing.</summary>
    public bool Verifies(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < EnvelopeCodec.OverheadLength)
        {
            return false;
        }
        Span<byte> expected = stackalloc byte[EnvelopeCodec.MacLength];
        Sign(frame[..^EnvelopeCodec.MacLength], expected);
        return CryptographicOperations.FixedTimeEquals(expected, frame[^EnvelopeCodec.MacLength..]);
    }

    /// <summary>Writes the first 16 bytes of the HMAC over <paramref name="signed"/>.</summary>
    public void Sign(ReadOnlySpan<byte> signed, Span<byte> mac)
    {
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        lock (_turn)
        {
            _hmac.AppendData(signed);
            _hmac.GetHashAndReset(whole);
        }
        whole[..EnvelopeCodec.MacLength].CopyTo(mac);
    }

    public void Dispose() => _hmac.Dispose();
}
