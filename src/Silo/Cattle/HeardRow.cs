using Earmark.FirmwareProtocols.EarTag;
using Earmark.Valuation;

namespace Earmark.Silo.Cattle;

/// <summary>What an animal's tag said last: 32 bytes a slot, written by each hearing. Seconds are Unix seconds, 0 for never.</summary>
internal struct HeardRow
{
    public const short NoTemperature = short.MinValue;
    public const sbyte NoRssi = sbyte.MinValue;
    public const ushort NoShare = ushort.MaxValue;
    public const ushort OwnVoice = ushort.MaxValue;

    public uint LastHeard;

    /// <summary>Journal position of the frame that said it (enough for four thousand million entries of one site).</summary>
    public uint Position;

    /// <summary>Since when the present health stands.</summary>
    public uint HealthSince;
    public ushort MotionlessMinutes;
    public ushort ActivityCount;
    public short TemperatureCentiCelsius;

    /// <summary>The animal's own usual, kept from its digest once a bucket.</summary>
    public short UsualTemperatureCentiCelsius;

    /// <summary>Activity as a share of its usual in hundredths of a percent; <see cref="NoShare"/> when not known.</summary>
    public ushort ActivityShare;

    /// <summary>Low half of the number of the bucket these two were read in.</summary>
    public ushort SignsBucket;

    /// <summary>Number of the station that heard it best; <see cref="OwnVoice"/> for a tag that spoke for itself.</summary>
    public ushort Station;
    public sbyte RssiDbm;
    public byte BatteryFifteenths;
    public byte HealthState;
    public byte HealthReason;
    public byte TagFlagBits;
    public byte MarkBits;

    public readonly HealthState Health => (HealthState)HealthState;

    public readonly TagFlags Flags => (TagFlags)TagFlagBits;

    public readonly bool Is(HeardMarks mark) => (MarkBits & (byte)mark) != 0;

    public void Set(HeardMarks mark, bool on) => MarkBits = (byte)(on ? MarkBits | (byte)mark : MarkBits & ~(byte)mark);

    public static HeardRow Never() => new()
    {
        TemperatureCentiCelsius = NoTemperature,
        UsualTemperatureCentiCelsius = NoTemperature,
        ActivityShare = NoShare,
        RssiDbm = NoRssi,
        Station = OwnVoice,
    };

    /// <summary>What the health rule needs of it.</summary>
    public readonly HealthSigns Signs() => new(
        MotionlessMinutes,
        Known(TemperatureCentiCelsius),
        Known(UsualTemperatureCentiCelsius),
        ActivityShare == NoShare ? HealthSigns.Unknown : ActivityShare * 100);

    private static int Known(short centiCelsius) => centiCelsius == NoTemperature ? HealthSigns.Unknown : centiCelsius;
}

[Flags]
internal enum HeardMarks : byte
{
    None = 0,

    /// <summary>Taken to be gone; cleared only by an accepted answer.</summary>
    Missing = 1,

    /// <summary>The tag said that it was cut off; cleared by binding a tag or by an accepted answer.</summary>
    TagRemoved = 2,

    /// <summary>A late reading went into the digest; judged again at the next tick.</summary>
    TouchedLate = 4,
}
