using Earmark.Silo.Sites.Stations;
using Earmark.Silo.Sites.Transfers;
using Earmark.Silo.Sites.Transitions;

namespace Earmark.Silo.Sites.Snapshots;

/// <summary>The common part of every site's snapshot.</summary>
internal static class CoreColumns
{
    public static void Write(ColumnWriter columns, SiteCore core)
    {
        columns.Json("site", Head.Of(core), 1);
        columns.Json("names.zones", core.Zones.Names, core.Zones.Count);
        columns.Json("names.facilities", core.Facilities.Names, core.Facilities.Count);
        columns.Json("names.classes", core.PriceClasses.Names, core.PriceClasses.Count);
        columns.Json("names.grades", core.Grades.Names, core.Grades.Count);
        columns.Json("quarantined", core.Quarantined, core.Quarantined.Count);
        columns.Json("transitions.open", core.Transitions.Open, core.Transitions.Open.Count);
        columns.Json("transitions.refused", core.Transitions.Refused, core.Transitions.Refused.Count);
        columns.Json("transfers.outgoing", core.Transfers.Outgoing, core.Transfers.Outgoing.Count);
        columns.Json("transfers.accepted", core.Transfers.Accepted, core.Transfers.Accepted.Count);
        DeviceColumns.Write(columns, core.Devices);
        core.Coverage.Write(columns);
        core.Commands.Write(columns);
    }

    public static void Read(ColumnReader columns, SiteCore core)
    {
        columns.Json<Head>("site").Restore(core);
        core.Zones = NameIndex.From(columns.Json<List<string>>("names.zones"));
        core.Facilities = NameIndex.From(columns.Json<List<string>>("names.facilities"));
        core.PriceClasses = NameIndex.From(columns.Json<List<string>>("names.classes"));
        core.Grades = NameIndex.From(columns.Json<List<string>>("names.grades"));
        core.Quarantined.AddRange(columns.Json<List<QuarantineMark>>("quarantined"));
        core.Transitions.Restore(
            columns.Json<List<OpenTransition>>("transitions.open"), columns.Json<List<RefusedTransition>>("transitions.refused"));
        columns.Json<List<TransferHold>>("transfers.outgoing").ForEach(core.Transfers.Give);
        columns.Json<List<TransferHold>>("transfers.accepted").ForEach(core.Transfers.Take);
        DeviceColumns.Read(columns, core.Devices);
        core.Coverage.Read(columns);
        core.Commands.Read(columns);
    }

    private sealed record Head(
        string InstitutionId,
        long Position,
        DateTimeOffset At,
        int SettingsVersion,
        uint UpSince,
        long DowntimeTotalSeconds,
        uint LastFrame,
        uint LastStationHeard,
        SitePolicy Policy)
    {
        public static Head Of(SiteCore core) => new(
            core.InstitutionId,
            core.Position,
            core.At,
            core.SettingsVersion,
            core.UpSince,
            core.DowntimeTotalSeconds,
            core.LastFrame,
            core.LastStationHeard,
            core.Policy);

        public void Restore(SiteCore core)
        {
            core.InstitutionId = InstitutionId;
            core.Position = Position;
            core.At = At;
            core.SettingsVersion = SettingsVersion;
            core.UpSince = UpSince;
            core.DowntimeTotalSeconds = DowntimeTotalSeconds;
            core.LastFrame = LastFrame;
            core.LastStationHeard = LastStationHeard;
            core.Policy = Policy;
        }
    }
}
