using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Outbound;
using Earmark.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Warehouses;

/// <summary>仓库: the single writer of a warehouse.</summary>
internal sealed class WarehouseGrain(IJournal journal, DomainClock clock, ISiteNeighbours neighbours, ILogger<WarehouseGrain> log)
    : SiteGrain(SiteKind.Warehouse, journal, clock, neighbours, log), IWarehouseGrain;
