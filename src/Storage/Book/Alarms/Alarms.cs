using System.Data.Common;
using System.Globalization;

namespace Earmark.Storage.Book;

/// <summary>Alarms in the Book: the open ones of a site are exactly what its last standing said.</summary>
public sealed class Alarms(BookDatabase book) : IAlarms
{
    public const int CausesPerSite = 10_000;
    private const string Columns =
        "alarm_id, institution_id, site_id, subject, cause, severity, state, since, raised_at, acknowledged_at, acknowledged_by, comment, cleared_at, detail";

    public async Task<IReadOnlyList<AlarmRow>> StandAsync(
        string siteId, string institutionId, long epoch, long position, DateTimeOffset at, IReadOnlyList<AlarmCauseRow> causes, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(causes.Count, CausesPerSite);
        return await book.WriteAsync<IReadOnlyList<AlarmRow>>(
            async session =>
            {
                if (!await IsNewer(session, siteId, institutionId, epoch, position))
                {
                    return [];
                }

                var gone = (await session.QueryAsync($"SELECT {Columns} FROM alarm WHERE site_id = @site AND cleared_at IS NULL", Read, ("@site", siteId)))
                    .ToDictionary(alarm => (alarm.Subject, alarm.Cause));
                var changed = new List<AlarmRow>();
                foreach (var cause in causes.DistinctBy(cause => (cause.Subject, cause.Cause)))
                {
                    if (gone.Remove((cause.Subject, cause.Cause), out var open))
                    {
                        await Refresh(session, open, cause, changed);
                    }
                    else
                    {
                        changed.Add(await Raise(session, siteId, institutionId, epoch, position, changed.Count, at, cause));
                    }
                }

                foreach (var alarm in gone.Values)
                {
                    await session.ExecuteAsync("UPDATE alarm SET state = 'cleared', cleared_at = @at WHERE alarm_id = @alarm", ("@at", at), ("@alarm", alarm.AlarmId));
                    changed.Add(alarm with { State = "cleared", ClearedAt = at });
                }

                return changed;
            },
            cancel);
    }

    /// <summary>False when there is no such open alarm, or it is acknowledged already.</summary>
    public Task<bool> AcknowledgeAsync(string alarmId, string by, string comment, DateTimeOffset at, CancellationToken cancel) => book.WriteAsync(
        async session => await session.ExecuteAsync(
            """
            UPDATE alarm SET state = 'acknowledged', acknowledged_at = @at, acknowledged_by = @by, comment = @comment
            WHERE alarm_id = @alarm AND cleared_at IS NULL AND acknowledged_at IS NULL
            """,
            ("@at", at),
            ("@by", by),
            ("@comment", comment),
            ("@alarm", alarmId)) > 0,
        cancel);

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<AlarmRow>> AlarmsAsync(
        string institutionId, string? siteId, bool openOnly, int offset, int count, CancellationToken cancel) => book.ReadAsync<IReadOnlyList<AlarmRow>>(
        async session =>
        {
            List<(string, object?)> parameters = [("@institution", institutionId), ("@count", BookLimits.Page(count)), ("@offset", BookLimits.Offset(offset))];
            if (siteId is not null)
            {
                parameters.Add(("@site", siteId));
            }

            return await session.QueryAsync(
                $"""
                SELECT {Columns} FROM alarm WHERE institution_id = @institution {(siteId is null ? "" : "AND site_id = @site")}
                {(openOnly ? "AND cleared_at IS NULL" : "")} ORDER BY raised_at DESC, alarm_id LIMIT @count OFFSET @offset
                """,
                Read,
                [.. parameters]);
        },
        cancel);

    public Task<AlarmRow?> AlarmAsync(string institutionId, string alarmId, CancellationToken cancel) => book.ReadAsync(
        session => session.FirstAsync(
            $"SELECT {Columns} FROM alarm WHERE alarm_id = @alarm AND institution_id = @institution", Read, ("@alarm", alarmId), ("@institution", institutionId)),
        cancel);

    public Task<long> CountOpenAsync(string institutionId, CancellationToken cancel) => book.ReadAsync(
        async session => await session.NumberAsync(
            "SELECT count(*) FROM alarm WHERE institution_id = @institution AND cleared_at IS NULL", ("@institution", institutionId)) ?? 0,
        cancel);

    private static async Task<bool> IsNewer(BookSession session, string siteId, string institutionId, long epoch, long position) => await session.ExecuteAsync(
        """
        INSERT INTO alarm_standing (site_id, institution_id, epoch, position) VALUES (@site, @institution, @epoch, @position)
        ON CONFLICT (site_id) DO UPDATE SET epoch = excluded.epoch, position = excluded.position
        WHERE excluded.epoch > alarm_standing.epoch OR (excluded.epoch = alarm_standing.epoch AND excluded.position > alarm_standing.position)
        """,
        ("@site", siteId),
        ("@institution", institutionId),
        ("@epoch", epoch),
        ("@position", position)) > 0;

    // Since when it stands is kept from the first; how bad it is and what is said of it follow the site.
    private static async Task Refresh(BookSession session, AlarmRow open, AlarmCauseRow cause, List<AlarmRow> changed)
    {
        if (open.Severity == cause.Severity && open.Detail == cause.Detail)
        {
            return;
        }

        await session.ExecuteAsync(
            "UPDATE alarm SET severity = @severity, detail = @detail WHERE alarm_id = @alarm",
            ("@severity", cause.Severity),
            ("@detail", cause.Detail),
            ("@alarm", open.AlarmId));
        changed.Add(open with { Severity = cause.Severity, Detail = cause.Detail });
    }

    private static async Task<AlarmRow> Raise(
        BookSession session, string siteId, string institutionId, long epoch, long position, int number, DateTimeOffset at, AlarmCauseRow cause)
    {
        // From what is unique already, so that two machines can't make the same one.
        var alarm = new AlarmRow(
            string.Create(CultureInfo.InvariantCulture, $"{siteId}-{epoch}-{position}-{number}"),
            institutionId, siteId, cause.Subject, cause.Cause, cause.Severity, "raised", cause.Since, at, null, null, null, null, cause.Detail);
        await session.ExecuteAsync(
            """
            INSERT INTO alarm (alarm_id, institution_id, site_id, subject, cause, severity, state, since, raised_at, detail)
            VALUES (@alarm, @institution, @site, @subject, @cause, @severity, @state, @since, @raised, @detail)
            """,
            ("@alarm", alarm.AlarmId),
            ("@institution", institutionId),
            ("@site", siteId),
            ("@subject", alarm.Subject),
            ("@cause", alarm.Cause),
            ("@severity", alarm.Severity),
            ("@state", alarm.State),
            ("@since", alarm.Since),
            ("@raised", at),
            ("@detail", alarm.Detail));
        return alarm;
    }

    private static AlarmRow Read(DbDataReader row) => new(
        row.Text(0),
        row.Text(1),
        row.Text(2),
        row.Text(3),
        row.Text(4),
        row.Int(5),
        row.Text(6),
        row.Time(7),
        row.Time(8),
        row.TimeOrNull(9),
        row.TextOrNull(10),
        row.TextOrNull(11),
        row.TimeOrNull(12),
        row.Text(13));
}
