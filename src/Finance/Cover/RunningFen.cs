namespace Earmark.Finance;

/// <summary>
/// Rounds a column so that its rows add up to the rounded-down exact sum: each row gets what the running sum's whole fen grew by.
/// A row may so differ by a fen from its own exact figure; the class's total never does.
/// </summary>
internal struct RunningFen(Int128 unitsPerFen)
{
    private Int128 exact;
    private Int128 booked;

    public Money Add(Int128 units)
    {
        exact = checked(exact + units);
        var whole = exact / unitsPerFen;
        var grown = whole - booked;
        booked = whole;
        return new Money(checked((long)grown));
    }
}
