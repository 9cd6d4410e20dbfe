using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Earmark.Valuation;

/// <summary>
/// In which of the last 128 minutes' half minutes a round of a pen was finished, by event time: 36 bytes, unmanaged. Setting one twice or late changes
/// nothing, so the order of arrival does not matter; a station that is silent, or a service that was down, leaves none.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct RoundTimes
{
    public const int SlotSeconds = 30;

    private const int Slots = 256;
    private const int WordBits = 64;
    private const int WordCount = Slots / WordBits;

    private uint _newest;
    private Words _words;

    /// <summary>Event time of the newest round, to the half minute; 0 before the first.</summary>
    public readonly uint Newest => _newest * SlotSeconds;

    public void Take(uint second)
    {
        var slot = second / SlotSeconds;
        if (slot > _newest)
        {
            Shift(slot - _newest);
            _newest = slot;
        }

        var back = _newest - slot;
        if (back < Slots)
        {
            _words[(int)(back / WordBits)] |= 1UL << (int)(back % WordBits);
        }
    }

    /// <summary>Rounds finished after a time; those before the window are not known and not counted.</summary>
    public readonly int Since(uint second)
    {
        var back = (long)_newest - (second / SlotSeconds);
        if (back <= 0)
        {
            return 0;
        }

        var count = 0;
        var left = (int)Math.Min(back, Slots);
        for (var word = 0; left > 0; word++, left -= WordBits)
        {
            var mask = left >= WordBits ? ulong.MaxValue : (1UL << left) - 1;
            count += BitOperations.PopCount(_words[word] & mask);
        }

        return count;
    }

    // Bit 0 of the first word is the newest slot; what is older moves up.
    private void Shift(uint slots)
    {
        if (slots >= Slots)
        {
            _words = default;
            return;
        }

        var (words, bits) = ((int)slots / WordBits, (int)slots % WordBits);
        for (var to = WordCount - 1; to >= 0; to--)
        {
            var from = to - words;
            var high = from >= 0 ? _words[from] << bits : 0;
            var low = from >= 1 && bits > 0 ? _words[from - 1] >> (WordBits - bits) : 0;
            _words[to] = high | low;
        }
    }

    [InlineArray(WordCount)]
    private struct Words
    {
        private ulong _first;
    }
}
