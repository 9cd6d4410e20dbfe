namespace Earmark.Storage.History;

/// <summary>Folds the quarters of one ear tag into the values of <see cref="HistorySeries.TagDay"/>. What was not measured (NaN) is left out.</summary>
internal struct TagDay
{
    private const int Columns = 5;
    private double _heard;
    private double _activity;
    private double _motionlessMinutes;
    private double _celsius;
    private int _temperatures;
    private double _strongestRssiDbm;
    private bool _hasRssi;

    public void Add(ReadOnlySpan<double> quarter)
    {
        _heard += Measured(quarter, 0) ?? 0;
        _activity += Measured(quarter, 1) ?? 0;
        _motionlessMinutes = Math.Max(_motionlessMinutes, Measured(quarter, 2) ?? 0);
        if (Measured(quarter, 3) is { } celsius)
        {
            _celsius += celsius;
            _temperatures++;
        }

        if (Measured(quarter, 4) is { } rssi)
        {
            _strongestRssiDbm = _hasRssi ? Math.Max(_strongestRssiDbm, rssi) : rssi;
            _hasRssi = true;
        }
    }

    public readonly double[] Values()
    {
        var values = new double[Columns];
        values[0] = _heard;
        values[1] = _activity;
        values[2] = _motionlessMinutes;
        values[3] = _temperatures == 0 ? double.NaN : _celsius / _temperatures;
        values[4] = _hasRssi ? _strongestRssiDbm : double.NaN;
        return values;
    }

    private static double? Measured(ReadOnlySpan<double> quarter, int column) =>
        column < quarter.Length && !double.IsNaN(quarter[column]) ? quarter[column] : null;
}
