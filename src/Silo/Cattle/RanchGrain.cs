using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Outbound;
using Earmark.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Cattle;

/// <summary>牧场: the single writer of a ranch.</summary>
internal sealed class RanchGrain(IJournal journal, DomainClock clock, ISiteNeighbours neighbours, ILogger<RanchGrain> log)
    : SiteGrain(SiteKind.Ranch, journal, clock, neighbours, log), IRanchGrain;
