using CsCheck;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Snapshots;
using Earmark.Silo.Sites.Stations;
using Xunit;

namespace Earmark.Tests.Silo.Sites;

public sealed class CoverageMapTests
{
    private const uint Start = 1_770_000_000;

    [Fact]
    public void Time_counts_only_where_a_station_of_the_zone_listened()
    {
        var map = new CoverageMap();
        for (uint minute = 0; minute < 120; minute++)
        {
            map.Cover(1, Start + (minute * 60), 60);
        }

        Assert.Equal(2 * 3_600, map.CoveredSeconds(1, Start - 1, Start + 7_199));
        Assert.Equal(2 * 3_600, map.CoveredSeconds(1, Start - 1, Start + Seconds.Day));
        Assert.Equal(3_600, map.CoveredSeconds(1, Start + 3_599, Start + 7_200));
        Assert.Equal(0, map.CoveredSeconds(1, Start + 7_200, Start + Seconds.Day));
        Assert.Equal(0, map.CoveredSeconds(2, Start - 1, Start + 7_200));
    }

    [Fact]
    public void A_gap_is_filled_by_backlog_and_in_any_order_to_the_same_bytes() =>
        Gen.UInt[0, (3 * Seconds.Day) - CoverageMap.SlotSeconds].List[1, 60].Sample(offsets =>
        {
            var inOrder = new CoverageMap();
            var shuffled = new CoverageMap();
            offsets.Order().ToList().ForEach(offset => inOrder.Cover(1, Start + offset, 60));
            offsets.ForEach(offset => shuffled.Cover(1, Start + offset, 60));
            Assert.Equal(Bytes(inOrder), Bytes(shuffled));
            var slots = offsets.SelectMany(offset => Enumerable.Range(0, 1).Select(_ => (Start + offset) / CoverageMap.SlotSeconds)).Distinct().Count();
            Assert.Equal(slots * CoverageMap.SlotSeconds, shuffled.CoveredSeconds(1, Start - CoverageMap.SlotSeconds, Start + (3 * Seconds.Day)));
        });

    [Fact]
    public void What_is_older_than_three_days_is_forgotten()
    {
        var map = new CoverageMap();
        map.Cover(1, Start, 60);
        map.Cover(1, Start + (4 * Seconds.Day), 60);
        map.Cover(1, Start + 600, 60);
        Assert.Equal(CoverageMap.SlotSeconds, map.CoveredSeconds(1, Start - 1, Start + (4 * Seconds.Day)));
    }

    private static byte[] Bytes(CoverageMap map)
    {
        var columns = new ColumnWriter();
        map.Write(columns);
        return columns.Written.ToArray();
    }
}
