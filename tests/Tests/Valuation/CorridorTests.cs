using CsCheck;
using Earmark.Valuation;
using Xunit;

namespace Earmark.Tests.Valuation;

public sealed class CorridorTests
{
    // A degree of a great circle of radius 6,371,008.8 m is 111,195.08 m.
    private const double Degree = 111_195.08;

    private static Corridor Of(int metres, params GeoPoint[] line)
    {
        Assert.True(Corridor.TryCreate(line, metres, out var corridor));
        return corridor!;
    }

    [Fact]
    public void Known_distances()
    {
        Assert.Equal(Degree, new GeoPoint(0, 0).DistanceMetres(new GeoPoint(0, 1)), 0.1);
        Assert.Equal(Degree / 2, new GeoPoint(60, 0).DistanceMetres(new GeoPoint(60, 1)), 5.0); // cos 60°; a great circle is a little shorter
        // Beijing to Shanghai, about 1,067 km.
        Assert.Equal(1_067_000, new GeoPoint(39.9042, 116.4074).DistanceMetres(new GeoPoint(31.2304, 121.4737)), 1_500.0);
    }

    [Fact]
    public void Beside_a_leg_it_is_the_distance_to_the_line_and_past_its_end_to_the_end()
    {
        var equator = Of(1_000, new GeoPoint(0, 0), new GeoPoint(0, 10));
        Assert.Equal(Degree / 10, equator.DistanceMetres(new GeoPoint(0.1, 5)), 0.1);
        Assert.Equal(2 * Degree, equator.DistanceMetres(new GeoPoint(0, 12)), 0.1);
        Assert.Equal(2 * Degree, equator.DistanceMetres(new GeoPoint(0, -2)), 0.1);
        Assert.Equal(0, equator.DistanceMetres(new GeoPoint(0, 7)), 0.01);
        Assert.Equal(175 * Degree, equator.DistanceMetres(new GeoPoint(0, -175)), 15.0); // the far side of the globe is not "beside"
    }

    [Fact]
    public void A_degree_of_longitude_is_shorter_in_the_north()
    {
        // Along the meridian 111° east at 41° north; 0.1° east of it is 0.1 × 111,195 × cos 41° = 8,392 m.
        var road = Of(9_000, new GeoPoint(40, 111), new GeoPoint(42, 111));
        Assert.Equal(8_392, road.DistanceMetres(new GeoPoint(41, 111.1)), 2.0);
        Assert.True(road.Contains(new GeoPoint(41, 111.1)));
        Assert.False(road.Contains(new GeoPoint(41, 111.12)));
        Assert.True(road.Contains(new GeoPoint(41, 111.12), accuracyMetres: 1_100));
    }

    [Fact]
    public void The_date_line_is_no_border()
    {
        var line = Of(1_000, new GeoPoint(10, 179.5), new GeoPoint(10, -179.5));
        Assert.True(line.DistanceMetres(new GeoPoint(10, 180)) < 100);
        Assert.Equal(0, line.DistanceMetres(new GeoPoint(10, -179.5)), 0.01);
    }

    [Fact]
    public void It_agrees_with_walking_the_line_in_small_steps() =>
        Gen.Select(Gen.Double[30, 45], Gen.Double[100, 120], Gen.Double[-1, 1], Gen.Double[-1, 1], Gen.Double[-2, 2], Gen.Double[-2, 2]).Sample((lat, lon, dLat, dLon, pLat, pLon) =>
        {
            var (from, to, at) = (new GeoPoint(lat, lon), new GeoPoint(lat + dLat, lon + dLon), new GeoPoint(lat + pLat, lon + pLon));
            // On a leg of 2° the straight line in degrees strays from the great circle by less than 1,100 m at these latitudes.
            var walked = Enumerable.Range(0, 401).Min(i => at.DistanceMetres(new GeoPoint(lat + (dLat * i / 400), lon + (dLon * i / 400))));
            return Math.Abs(Of(1, from, to).DistanceMetres(at) - walked) < 1_100;
        });

    [Fact]
    public void A_single_point_is_a_circle_and_nonsense_is_refused()
    {
        Assert.Equal(Degree, Of(10, new GeoPoint(0, 0)).DistanceMetres(new GeoPoint(1, 0)), 0.1);
        Assert.Equal(Degree, Of(10, new GeoPoint(0, 0), new GeoPoint(0, 0)).DistanceMetres(new GeoPoint(1, 0)), 0.1);
        Assert.False(Corridor.TryCreate([], 10, out _));
        Assert.False(Corridor.TryCreate([new GeoPoint(0, 0)], 0, out _));
        Assert.False(Corridor.TryCreate([new GeoPoint(91, 0)], 10, out _));
        Assert.False(Corridor.TryCreate([new GeoPoint(double.NaN, 0)], 10, out _));
        Assert.False(Corridor.TryCreate([new GeoPoint(0, 0), new GeoPoint(0, 91)], 10, out _));
        Assert.False(Corridor.TryCreate([.. Enumerable.Repeat(new GeoPoint(0, 0), Corridor.MaximumPoints + 1)], 10, out _));
    }
}
