namespace Earmark.DeviceSim.World;

/// <summary>Air temperature at a ranch: yearly and daily cosine plus a noise of the day that changes smoothly from noon to noon.</summary>
public sealed class Weather(RandomStream draws)
{
    public double AirCelsius(DateTimeOffset at)
    {
        DateTimeOffset local = at.ToOffset(WorldDefaults.LocalOffset);
        double year = Math.Cos(2 * Math.PI * (local.DayOfYear - WorldDefaults.WarmestDayOfYear) / 365.25);
        double hour = local.TimeOfDay.TotalHours;
        double day = Math.Cos(2 * Math.PI * (hour - WorldDefaults.WarmestHour) / 24);
        double days = (local - DateTimeOffset.UnixEpoch).TotalDays;
        long index = (long)Math.Floor(days);
        double between = days - index;
        double noise = (1 - between) * draws.Normal(Draw.Weather, index) + between * draws.Normal(Draw.Weather, index + 1);
        return WorldDefaults.YearMeanCelsius + WorldDefaults.YearSwingCelsius * year + WorldDefaults.DaySwingCelsius * day
            + WorldDefaults.WeatherNoiseCelsius * noise;
    }
}
