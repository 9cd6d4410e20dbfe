namespace Earmark.Contracts.Sites;

/// <summary>牧场: a ranch with its pens, animals, base stations and feeders.</summary>
[Alias("earmark.ranch")]
public interface IRanchGrain : ISiteGrain;

/// <summary>仓库: a warehouse with its zones, lots and scales.</summary>
[Alias("earmark.warehouse")]
public interface IWarehouseGrain : ISiteGrain;

/// <summary>车队: a fleet with its vehicles, shipments and GPS nodes.</summary>
[Alias("earmark.fleet")]
public interface IFleetGrain : ISiteGrain;

public static class SiteGrains
{
    /// <summary>The grain of a site by its kind.</summary>
    public static ISiteGrain Site(this IGrainFactory grains, SiteKind kind, string siteId) => kind switch
    {
        SiteKind.Ranch => grains.GetGrain<IRanchGrain>(siteId),
        SiteKind.Warehouse => grains.GetGrain<IWarehouseGrain>(siteId),
        SiteKind.Fleet => grains.GetGrain<IFleetGrain>(siteId),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of site"),
    };
}
