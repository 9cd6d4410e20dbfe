using System.Buffers;
using System.IO.Pipelines;
using Earmark.Contracts.Devices;

namespace Earmark.Gateway.Mqtt;

/// <summary>
/// What one connection sends, looked at before MQTTnet keeps any of it: only CONNECT may come first, and no packet is kept beyond its limit.
/// A PUBLISH that is too long is cut to the limit (its topic and packet id come first), so that it can be refused and acknowledged like any
/// other bad frame; the rest of it is read and thrown away. MQTTnet takes whole packets, so each read begins at one.
/// </summary>
internal sealed class PacketGuard(PipeReader inner, GatewayLimits limits) : PipeReader
{
    private const byte ConnectHeader = 0x10;
    private const int PublishType = 3;

    private readonly byte[] _first = new byte[Refusal.MaximumFirstBytes];
    private int _firstLength;
    private bool _connecting = true;
    private byte[]? _cut;
    private long _discard;

    /// <summary>Called when the connection is to be left, before anything is completed.</summary>
    public Func<Task> Leaving { get; set; } = () => Task.CompletedTask;

    /// <summary>The first bytes of the packet read last.</summary>
    public ReadOnlySpan<byte> FirstBytes => _first.AsSpan(0, _firstLength);

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var result = await inner.ReadAsync(cancellationToken);
            if (result.IsCanceled)
            {
                await Leaving();
                throw new OperationCanceledException();
            }
            if (_discard > 0)
            {
                var skipped = Math.Min(_discard, result.Buffer.Length);
                _discard -= skipped;
                inner.AdvanceTo(result.Buffer.GetPosition(skipped));
                if (!result.IsCompleted || skipped > 0)
                {
                    continue;
                }
                throw new IOException("The connection ended inside a packet.");
            }
            Remember(result.Buffer);
            if (!Exceeds(result.Buffer, out var headerLength, out var bodyLength))
            {
                return result;
            }
            if (result.Buffer.Length >= headerLength + limits.PacketBytes)
            {
                return Cut(result.Buffer, headerLength, bodyLength);
            }
            inner.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted)
            {
                throw new IOException("The connection ended inside a packet.");
            }
        }
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_cut is null)
        {
            inner.AdvanceTo(consumed, examined);
        }
        _cut = null;
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override bool TryRead(out ReadResult result) => throw new NotSupportedException("MQTTnet reads asynchronously.");

    private void Remember(ReadOnlySequence<byte> buffer)
    {
        _firstLength = (int)Math.Min(buffer.Length, _first.Length);
        buffer.Slice(0, _firstLength).CopyTo(_first);
        if (_connecting && _firstLength > 0)
        {
            if (_first[0] != ConnectHeader)
            {
                throw new NotMqttException();
            }
            _connecting = false;
        }
    }

    // A header that is not whole yet, or that MQTTnet will find malformed, does not exceed.
    private bool Exceeds(ReadOnlySequence<byte> buffer, out int headerLength, out long bodyLength)
    {
        bodyLength = 0;
        for (headerLength = 1; headerLength < Math.Min(_firstLength, 5);)
        {
            var digit = _first[headerLength];
            bodyLength |= (long)(digit & 0x7F) << (7 * (headerLength - 1));
            headerLength++;
            if ((digit & 0x80) == 0)
            {
                if (bodyLength <= limits.PacketBytes)
                {
                    return false;
                }
                return _first[0] >> 4 == PublishType && bodyLength <= limits.DiscardedBytes ? true : throw new OversizePacketException();
            }
        }
        return false;
    }

    private ReadResult Cut(ReadOnlySequence<byte> buffer, int headerLength, long bodyLength)
    {
        var kept = limits.PacketBytes;
        var digits = kept < 0x80 ? 1 : kept < 0x4000 ? 2 : kept < 0x20_0000 ? 3 : 4;
        _cut = new byte[1 + digits + kept];
        _cut[0] = _first[0];
        for (var i = 0; i < digits; i++)
        {
            _cut[1 + i] = (byte)(((kept >> (7 * i)) & 0x7F) | (i < digits - 1 ? 0x80 : 0));
        }
        buffer.Slice(headerLength, kept).CopyTo(_cut.AsSpan(1 + digits));
        _discard = bodyLength - kept;
        inner.AdvanceTo(buffer.GetPosition(headerLength + kept));
        return new ReadResult(new ReadOnlySequence<byte>(_cut), isCanceled: false, isCompleted: false);
    }
}
