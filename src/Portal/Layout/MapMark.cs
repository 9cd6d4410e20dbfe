using Earmark.Contracts.Sites;

namespace Earmark.Portal.Layout;

/// <summary>Something at a place on a map, leading to its own page.</summary>
public sealed record MapMark(RoutePoint At, string Name, string Address, string State);
