namespace Earmark.DeviceSim.World.Warehouses;

/// <summary>The warehouse's ordinary days: stock turns over while the yard is open, a lot on the platform every quarter of an hour.</summary>
public sealed class YardTrade(Warehouse warehouse, Timeline timeline, Pauses pauses)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private long _stockTakes;

    public void Begin()
    {
        DateTimeOffset midnight = new(timeline.Now.ToOffset(WorldDefaults.LocalOffset).Date, WorldDefaults.LocalOffset);
        timeline.Repeat(midnight, Day, Lane.World, PlanDay);
        DateTimeOffset first = timeline.Now + WorldDefaults.StockTakeEvery * warehouse.Draws.Uniform(Draw.PhaseOffset);
        timeline.Repeat(first, WorldDefaults.StockTakeEvery, Lane.World, TakeStock);
    }

    private void PlanDay(DateTimeOffset midnight)
    {
        long day = (long)(midnight - DateTimeOffset.UnixEpoch).TotalDays;
        for (int i = 0; i < WorldDefaults.TurnsPerDay; i++)
        {
            long index = day * 100 + i;
            double open = warehouse.Draws.Between(
                WorldDefaults.YardOpens.TotalSeconds, WorldDefaults.YardCloses.TotalSeconds, Draw.TradeTime, index);
            DateTimeOffset at = midnight + TimeSpan.FromSeconds(Math.Floor(open));
            if (at > timeline.Now && !pauses.Contains(at))
            {
                timeline.Schedule(at, Lane.World, then => Turn(then, index));
            }
        }
    }

    /// <summary>A part of one lot leaves, and as much comes back later in the day.</summary>
    private void Turn(DateTimeOffset at, long index)
    {
        Lot lot = Traded(index);
        double share = warehouse.Draws.Between(WorldDefaults.TurnShareLow, WorldDefaults.TurnShareHigh, Draw.TradeWeight, index);
        long grams = Warehouse.RoundToStep(lot.Grams * share);
        if (grams == 0)
        {
            return;
        }

        warehouse.Send(at, lot, grams, lot.Name, weighed: true);
        TimeSpan gap = WorldDefaults.RestockAfterHigh - WorldDefaults.RestockAfterLow;
        DateTimeOffset back = at + WorldDefaults.RestockAfterLow + gap * warehouse.Draws.Uniform(Draw.TradeKind, index);
        timeline.Schedule(pauses.NextOpen(back), Lane.World, then => warehouse.Receive(then, lot, grams, lot.Name));
    }

    /// <summary>One of the lots that nobody pledged, the last ones.</summary>
    private Lot Traded(long index)
    {
        int traded = Math.Min(WorldDefaults.TradedLots, warehouse.Lots.Count);
        return warehouse.Lots[warehouse.Lots.Count - traded + warehouse.Draws.Below(traded, Draw.TradeLot, index)];
    }

    private void TakeStock(DateTimeOffset at)
    {
        Lot lot = warehouse.Lots[(int)(_stockTakes++ % warehouse.Lots.Count)];
        if (!pauses.Contains(at))
        {
            warehouse.TakeStock(at, lot);
        }
    }
}
