using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Storage.Book;
using Earmark.Storage.History;
using Earmark.Storage.Journal;
using Earmark.Tests.Portal.Hosting;

namespace Earmark.Tests.Portal.Pages;

/// <summary>One alarm and one base station of the sample ranch.</summary>
internal static class OperationSamples
{
    public const string Station = "station-1";

    public static AlarmRow Alarm(string state = "raised", string cause = "dead-presumed", string subject = Samples.Cow, string site = Samples.Ranch) => new(
        "alarm-" + cause, PortalHost.Bank, site, subject, cause, 3, state, Samples.Now.AddHours(-2), Samples.Now.AddHours(-1), null, null, null, null, "pen-a");

    public static DeviceRow Row(string id = Station, string kind = "base-station") =>
        new(id, PortalHost.Bank, Samples.Ranch, kind, "pen-a", "", "", true, true, Samples.Now.AddDays(-9), "officer");

    public static DeviceTwin Twin { get; } = new(
        Station, "base-station", Samples.Ranch, PortalHost.Bank, null, ConnectionState.Online, Samples.Now.AddMinutes(-9), true, true, "1.4.2", 3,
        [new DeviceEvent(Samples.Now.AddDays(-1), "note", "moved to the gate", "officer")]);

    public static void Script(PortalHost portal)
    {
        portal.Alarms
            .On(nameof(IAlarms.AlarmsAsync), asked => Task.FromResult<IReadOnlyList<AlarmRow>>(
                asked[1] is null or Samples.Ranch ? [Alarm(), Alarm(cause: "station-silent", subject: Station)] : []))
            .Reads(nameof(IAlarms.CountOpenAsync), 2L)
            .On(nameof(IAlarms.AlarmAsync), asked => Task.FromResult((string)asked[1]! == "alarm-dead-presumed" ? Alarm() : null));
        portal.Register
            .Reads(nameof(IRegister.DevicesAsync), new DevicePage(1, [Row()]))
            .On(nameof(IRegister.DeviceAsync), asked => Task.FromResult((string)asked[0]! == Station ? Row() : null))
            .Reads(nameof(IRegister.BindingsOfDeviceAsync), (IReadOnlyList<BindingRow>)[]);
        portal.History.Reads(nameof(IHistory.ReadRefusalsAsync), (IReadOnlyList<RefusalRow>)
            [new RefusalRow(Samples.Now, Station, "bad-crc", 98, [0xEA, 0x4D, 0x01, 0x02, 0x03], 4)]);
        portal.Journal.On(nameof(IJournal.ReadAsync), asked => Task.FromResult<IReadOnlyList<JournalEntry>>(
            [new(1, Samples.Ranch, 3, (long)asked[1]! + 1, EntryKind.Frame, Samples.Now, Station, 1, 1, 1, [0xDE, 0xAD, 0xBE, 0xEF, 0x00], new byte[32])]));
    }
}
