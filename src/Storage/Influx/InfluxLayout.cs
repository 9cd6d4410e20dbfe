using Earmark.Storage.History;

namespace Earmark.Storage.Influx;

/// <summary>
/// Where points, days and the watermark lie on one server. The policies are asked for at the first contact; a server that does not let
/// itself be asked keeps everything in the database's default policy, and Earmark deletes by itself.
/// </summary>
/// <param name="Points">Retention policy of points and refusals; empty means the default one, here and below.</param>
/// <param name="Kept">Of the watermark, which must never go.</param>
/// <param name="ServerForgets">Points and days go by themselves.</param>
internal sealed record InfluxLayout(string Points, string Days, string Kept, bool ServerForgets)
{
    private const string PointsPolicy = "earmark_points";
    private const string DaysPolicy = "earmark_days";
    private const string KeptPolicy = "earmark_kept";
    private static readonly InfluxLayout Plain = new("", "", "", ServerForgets: false);

    public static async Task<InfluxLayout> PrepareAsync(InfluxClient client, InfluxOptions options, CancellationToken cancel)
    {
        var found = await FindAsync(client, options, cancel);
        if (options.Retention is not { } retention)
        {
            return Plain;
        }

        foreach (var (name, duration) in new[] { (PointsPolicy, Hours(retention)), (DaysPolicy, Hours(options.DayRetention)), (KeptPolicy, 0) })
        {
            var verb = found.TryGetValue(name, out var has) ? "ALTER" : "CREATE";
            if (has != Spelled(duration) && !await AskAsync(client, options, verb, name, duration, cancel))
            {
                return Plain;
            }
        }

        return new InfluxLayout(PointsPolicy, DaysPolicy, KeptPolicy, ServerForgets: true);
    }

    private static async Task<Dictionary<string, string>> FindAsync(InfluxClient client, InfluxOptions options, CancellationToken cancel)
    {
        var show = $"SHOW RETENTION POLICIES ON {Quoted(options.Database)}";
        IReadOnlyList<InfluxSeries> answer;
        try
        {
            answer = await client.QueryAsync(show, cancel);
        }
        catch (InfluxRefusedException refused) when (refused.IsDatabaseMissing)
        {
            await client.QueryAsync($"CREATE DATABASE {Quoted(options.Database)}", cancel);
            answer = await client.QueryAsync(show, cancel);
        }

        return answer.SelectMany(series => series.Rows)
            .ToDictionary(row => row[0].GetString()!, row => row[1].GetString()!, StringComparer.Ordinal);
    }

    private static async Task<bool> AskAsync(InfluxClient client, InfluxOptions options, string verb, string name, long hours, CancellationToken cancel)
    {
        var duration = hours == 0 ? "INF" : $"{hours}h";
        try
        {
            await client.QueryAsync(
                $"{verb} RETENTION POLICY {Quoted(name)} ON {Quoted(options.Database)} DURATION {duration} REPLICATION 1 SHARD DURATION {ShardHours(hours)}h", cancel);
            return true;
        }
        catch (InfluxRefusedException refused) when (refused.IsForbidden)
        {
            return false;
        }
    }

    /// <summary>Whole hours, at least one: the server takes nothing shorter.</summary>
    private static long Hours(TimeSpan span) => Math.Max(1, (long)span.TotalHours);

    /// <summary>What is forgotten goes a shard at a time, and a shard may not be longer than the retention; few shards make reading cheap.</summary>
    private static int ShardHours(long hours) => hours switch
    {
        0 or >= 365 * 24 => 30 * 24,
        >= 48 => 24,
        _ => 1,
    };

    /// <summary>As the server spells a duration: 24 hours are <c>24h0m0s</c>.</summary>
    private static string Spelled(long hours) => hours == 0 ? "0s" : $"{hours}h0m0s";

    private static string Quoted(string name) => $"\"{InfluxName.Code(name)}\"";
}
