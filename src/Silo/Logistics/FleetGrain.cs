using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Outbound;
using Earmark.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Logistics;

/// <summary>车队: the single writer of a fleet.</summary>
internal sealed class FleetGrain(IJournal journal, DomainClock clock, ISiteNeighbours neighbours, ILogger<FleetGrain> log)
    : SiteGrain(SiteKind.Fleet, journal, clock, neighbours, log), IFleetGrain;
