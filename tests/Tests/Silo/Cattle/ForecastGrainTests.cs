using Earmark.Contracts.Cattle;
using Earmark.Tests.Silo.Sites;
using Xunit;

namespace Earmark.Tests.Silo.Cattle;

public sealed class ForecastGrainTests
{
    [Fact]
    public async Task Weighings_become_forecasts_and_what_cannot_be_read_is_told()
    {
        await using var cluster = await SiteCluster.StartAsync(new InMemoryJournal());
        var grain = cluster.Grains.GetGrain<IForecastGrain>(0);
        AnimalWeighing[] rows = [new("a", "0", 300, null, null), new("b", "0", 0, null, null), new("a", "30", 330, null, null)];
        var answer = await grain.Forecast(new WeightForecastQuestion("60", rows, null));
        Assert.Null(answer.Wrong);
        var forecast = Assert.Single(answer.Forecasts);
        Assert.InRange(forecast.MeanKg, 345, 370);
        Assert.Equal(2, Assert.Single(answer.Refused).Line);

        var same = await grain.Forecast(new WeightForecastQuestion("60", [], "animal,day,kg\na,0,300\nb,0,0\na,30,330\n"));
        Assert.Equal(forecast, Assert.Single(same.Forecasts));
        Assert.Contains("'kg' is missing", (await grain.Forecast(new WeightForecastQuestion("60", [], "animal,day\n"))).Wrong, StringComparison.Ordinal);
        Assert.Contains("neither a whole number nor", (await grain.Forecast(new WeightForecastQuestion("soon", rows, null))).Wrong, StringComparison.Ordinal);
        Assert.Contains("no weighing", (await grain.Forecast(new WeightForecastQuestion("60", [], null))).Wrong, StringComparison.Ordinal);
    }
}
