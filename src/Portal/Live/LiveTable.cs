namespace Earmark.Portal.Live;

/// <summary>
/// What a topic shows now: rows by key, each with one value a column. Values are strings already formatted where people
/// read them, numbers only where an island computes (instants as Unix milliseconds), null for what is unknown.
/// </summary>
public sealed record LiveTable(string[] Columns, IReadOnlyList<LiveRow> Rows);

public sealed record LiveRow(string Key, object?[] Values);

/// <summary>What a new subscriber gets: everything as it stands. Later only <c>rows</c>: <c>[index into keys, value…]</c>.</summary>
/// <param name="ServerTime">Domain time, Unix milliseconds: ages are counted against it.</param>
/// <param name="ClockFactor">Domain seconds a real second: how fast ages grow between messages.</param>
public sealed record LiveStart(string Topic, string[] Columns, string[] Keys, object?[][] Rows, long ServerTime, double ClockFactor);
