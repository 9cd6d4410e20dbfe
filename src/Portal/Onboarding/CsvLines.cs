using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace Earmark.Portal.Onboarding;

/// <param name="Number">From 1, the header included.</param>
/// <param name="Text">Null for a line that is too long or not UTF-8.</param>
public readonly record struct CsvLine(int Number, string? Text);

/// <summary>Lines of a stream, one at a time and each bounded: a file without line breaks never fills memory.</summary>
internal static class CsvLines
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async IAsyncEnumerable<CsvLine> ReadAsync(PipeReader reader, [EnumeratorCancellation] CancellationToken cancel)
    {
        var number = 1;
        var skipping = false;
        SequencePosition? held = null;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(cancel);
                var buffer = read.Buffer;
                held = buffer.Start;
                while (buffer.PositionOf((byte)'\n') is { } end)
                {
                    yield return new CsvLine(number, skipping ? null : TextOf(buffer.Slice(0, end), number));
                    number++;
                    skipping = false;
                    buffer = buffer.Slice(buffer.GetPosition(1, end));
                }

                if (read.IsCompleted)
                {
                    held = buffer.End;
                    if (!buffer.IsEmpty || skipping)
                    {
                        yield return new CsvLine(number, skipping ? null : TextOf(buffer, number));
                    }

                    yield break;
                }

                skipping |= buffer.Length > PortalLimits.ImportLineBytes;
                reader.AdvanceTo(skipping ? buffer.End : buffer.Start, buffer.End);
                held = null;
            }
        }
        finally
        {
            // Whoever stops in the middle of a file leaves a read open otherwise, and the server can't drain what is left of the request.
            if (held is { } from)
            {
                reader.AdvanceTo(from);
            }
        }
    }

    private static string? TextOf(in ReadOnlySequence<byte> line, int number)
    {
        if (line.Length > PortalLimits.ImportLineBytes)
        {
            return null;
        }

        try
        {
            var text = Strict.GetString(line).TrimEnd('\r');
            return number == 1 ? text.TrimStart('\uFEFF') : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
