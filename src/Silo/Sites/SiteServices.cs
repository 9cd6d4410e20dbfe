using Earmark.Silo.Sites.Outbound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Earmark.Silo.Sites;

/// <summary>What the site grains need beside the journal and the domain clock.</summary>
public static class SiteServices
{
    public static IServiceCollection AddEarmarkSites(this IServiceCollection services)
    {
        services.TryAddSingleton<ISiteNeighbours, GrainNeighbours>();
        return services;
    }
}
