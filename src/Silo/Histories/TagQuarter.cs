using Earmark.FirmwareProtocols.EarTag;

namespace Earmark.Silo.Histories;

/// <summary>
/// What one ear tag reported in 15 minutes, in 16 bytes. Sums, maxima and counts only: the order of readings never shows. A round heard by
/// two stations counts twice. Counts saturate at 65,535 readings, seventy a second, which no tag sends.
/// </summary>
internal struct TagQuarter
{
    private uint _activity;
    private int _centiCelsius;
    private ushort _heard;
    private ushort _temperatures;
    private ushort _motionlessMinutes;
    private short _strongestRssiDbm;

    public void Add(in TagReading reading)
    {
        if (_heard == ushort.MaxValue)
        {
            return;
        }

        _heard++;
        _activity += reading.ActivityCount;
        _motionlessMinutes = Math.Max(_motionlessMinutes, reading.MotionlessMinutes);
        if (reading.TemperatureCentiCelsius is { } centiCelsius)
        {
            _temperatures++;
            _centiCelsius += centiCelsius;
        }

        if (reading.RssiDbm is { } rssi)
        {
            // 0 means none yet; a measured 0 dBm is kept as −1 rather than lost.
            var measured = Math.Min(rssi, (sbyte)-1);
            _strongestRssiDbm = _strongestRssiDbm == 0 ? measured : Math.Max(_strongestRssiDbm, measured);
        }
    }

    /// <summary>Heard, activity count, longest motionless minutes, mean temperature °C, strongest RSSI dBm; NaN where nothing was measured.</summary>
    public readonly double[] Values() =>
    [
        _heard,
        _activity,
        _motionlessMinutes,
        _temperatures == 0 ? double.NaN : _centiCelsius / (100.0 * _temperatures),
        _strongestRssiDbm == 0 ? double.NaN : _strongestRssiDbm,
    ];
}
