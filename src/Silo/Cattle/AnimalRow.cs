namespace Earmark.Silo.Cattle;

/// <summary>What was declared of an animal: 40 bytes a slot, changed only by commands. Seconds are Unix seconds, 0 for none.</summary>
internal struct AnimalRow
{
    /// <summary>Its ear tag's 15-digit number; 0 without one.</summary>
    public ulong Tag;
    public int WeighedGrams;
    public uint WeighedAt;
    public uint BornAt;
    public uint InsuredUntil;

    /// <summary>Journal position of the last declaration about it.</summary>
    public uint Position;
    public ushort PriceClass;
    public ushort Grade;
    public ushort Zone;
    public ushort Facility;
    public byte WeighingKind;
    public byte Sex;
    public byte RemovedBecause;
    public byte MarkBits;

    public readonly bool Removed => RemovedBecause != 0;

    public readonly bool Is(AnimalMarks mark) => (MarkBits & (byte)mark) != 0;

    public void Set(AnimalMarks mark, bool on) => MarkBits = (byte)(on ? MarkBits | (byte)mark : MarkBits & ~(byte)mark);
}

[Flags]
internal enum AnimalMarks : byte
{
    None = 0,

    /// <summary>The pledge has a registration number (中登网).</summary>
    Registered = 1,
    Quarantined = 2,
}
