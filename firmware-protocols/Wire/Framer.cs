namespace Earmark.FirmwareProtocols.Wire;

/// <summary>
/// Cuts a stream into frames, whatever way the reads were cut. Never throws on input; memory is bounded by twice the longest frame; after
/// garbage it finds the next frame by itself and counts what it dropped. Not safe for use from several threads.
/// </summary>
public sealed class Framer(FrameFinder finder)
{
    private readonly byte[] _buffer = new byte[2 * finder.LongestFrame];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Bytes that belonged to no frame.</summary>
    public long DroppedBytes { get; private set; }

    public long Frames { get; private set; }

    /// <summary>Bytes held back because their frame is not complete.</summary>
    public int Pending => _end - _start;

    /// <summary>Takes what fits and says how much: read the frames, then push the rest. At least one byte fits when no frame is left to read.</summary>
    public int Push(ReadOnlySpan<byte> bytes)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        int fits = Math.Min(bytes.Length, _buffer.Length - _end);
        bytes[..fits].CopyTo(_buffer.AsSpan(_end));
        _end += fits;
        return fits;
    }

    /// <summary>No more bytes will come; read the last frames after this.</summary>
    public void End() => _ended = true;

    /// <param name="frame">Valid until the next <see cref="Push"/>. Cut out, not yet proven good: the codec decides.</param>
    public bool TryRead(out ReadOnlySpan<byte> frame)
    {
        while (_start < _end)
        {
            Cut cut = finder.Find(_buffer.AsSpan(_start, _end - _start), _ended);
            Drop(cut.Skip);
            if (cut.Length > 0)
            {
                frame = _buffer.AsSpan(_start, cut.Length);
                _start += cut.Taken;
                Frames++;
                return true;
            }
            _start += cut.Taken;
            if (cut.Skip > 0 || cut.Taken > 0)
            {
                continue;
            }
            if (!_ended && _end - _start < _buffer.Length)
            {
                break;
            }
            Drop(1);
        }
        frame = default;
        return false;
    }

    private void Drop(int bytes)
    {
        _start += bytes;
        DroppedBytes += bytes;
    }
}
