using System.Net;
using Earmark.Contracts.Alarms;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Earmark.Storage.History;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal.Pages;

public sealed class OperationPagesTests
{
    [Fact]
    public async Task Alarms_say_since_when_and_lead_to_what_they_are_about()
    {
        await using var world = await PageWorld.StartAsync(OperationSamples.Script);
        using var browser = await world.SignInAsync(Roles.RanchOperator, Samples.Ranch);
        var page = PageBasics.Holds(await browser.GetAsync("/alarms"));
        Assert.Contains("Dead, presumed", page, StringComparison.Ordinal);
        Assert.Contains("2 h ago", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/collateral/{Samples.Cow}\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/devices/{OperationSamples.Station}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("东线车队", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alarm_is_acknowledged_with_its_comment_and_somebody_elses_is_not()
    {
        Scripted<IAlarmBoardGrain> board = null!;
        await using var world = await PageWorld.StartAsync(portal =>
        {
            OperationSamples.Script(portal);
            board = portal.Grains.Place<IAlarmBoardGrain>(Samples.Ranch).Gives(nameof(IAlarmBoardGrain.Acknowledge), true);
        });
        using var browser = await world.SignInAsync(Roles.RanchOperator, Samples.Ranch);
        var form = (await browser.GetAsync("/alarms")).Text;
        async Task<string> AcknowledgeAsync(string id) => PageBasics.Holds(await browser.PostFormAsync(
            "/alarms", new("_handler", "acknowledge"), new("__RequestVerificationToken", PageWorld.Token(form)), new("AlarmId", id), new("Comment", "vet called")));
        Assert.Contains("Acknowledged.", await AcknowledgeAsync("alarm-dead-presumed"), StringComparison.Ordinal);
        Assert.Contains("There is no such alarm.", await AcknowledgeAsync("alarm-of-others"), StringComparison.Ordinal);
        var (_, said) = Assert.Single(board.Calls);
        Assert.Equal(("alarm-dead-presumed", "vet called"), ((string)said[0]!, (string)said[2]!));
        Assert.Contains(world.Host.Identity.Audit, entry => entry is { What: "form acknowledge", Detail: "accepted" });
    }

    [Fact]
    public async Task A_borrower_reads_alarms_and_has_no_button()
    {
        await using var world = await PageWorld.StartAsync(OperationSamples.Script);
        using var browser = await world.SignInAsync(Roles.Borrower, Samples.Ranch, "li-farm");
        Assert.DoesNotContain("name=\"AlarmId\"", PageBasics.Holds(await browser.GetAsync("/alarms")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Devices_are_filtered_by_their_address_and_silent_stations_come_from_their_sites()
    {
        await using var world = await PageWorld.StartAsync(OperationSamples.Script);
        using var browser = await world.SignInAsync(Roles.RanchOperator, Samples.Ranch);
        var page = PageBasics.Holds(await browser.GetAsync($"/devices?kind=base-station&site={Samples.Ranch}&q=STA&page=2"));
        Assert.Contains("Base station", page, StringComparison.Ordinal);
        var asked = world.Host.Register.Calls.Last(call => call.Method == nameof(IRegister.DevicesAsync)).Arguments;
        Assert.Equal([PortalHost.Bank, Samples.Ranch, "base-station", "sta", 50, 50], asked.Take(6));
        var silent = PageBasics.Holds(await browser.GetAsync("/devices?silent=1"));
        Assert.Contains("station-2", silent, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/devices/station-1\"", silent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_history_is_away_a_device_shows_everything_but_what_was_refused_and_says_so()
    {
        await using var world = await StartWithStationAsync(then: portal =>
            portal.History.On(nameof(IHistory.ReadRefusalsAsync), _ => Task.FromException<IReadOnlyList<RefusalRow>>(new HistoryAwayException("away"))));
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        Assert.Contains("The history is away; refused frames", PageBasics.Holds(await browser.GetAsync("/devices/" + OperationSamples.Station)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_shows_its_twin_its_frames_as_hex_beside_their_meaning_and_what_was_refused()
    {
        await using var world = await StartWithStationAsync();
        using var browser = await world.SignInAsync(Roles.RanchOperator, Samples.Ranch);
        var page = PageBasics.Holds(await browser.GetAsync("/devices/" + OperationSamples.Station));
        Assert.Contains("deadbeef 00", page, StringComparison.Ordinal);
        Assert.Contains("<dt>reason</dt>", page, StringComparison.Ordinal);
        Assert.Contains("CRC does not fit (bad-crc)", page, StringComparison.Ordinal);
        Assert.Contains("ea4d0102 03", page, StringComparison.Ordinal);
        Assert.Contains("Online", page, StringComparison.Ordinal);
        Assert.Contains("moved to the gate", page, StringComparison.Ordinal);
        Assert.Contains("1.4.2", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_act_reaches_the_twin_under_its_own_id_and_a_note_needs_words()
    {
        Scripted<IBaseStationGrain> station = null!;
        await using var world = await StartWithStationAsync(made => station = made);
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        var path = "/devices/" + OperationSamples.Station;
        var form = (await browser.GetAsync(path)).Text;
        async Task<string> ActAsync(string act, string detail) => PageBasics.Holds(await browser.PostFormAsync(
            path, new("_handler", "device-act"), new("__RequestVerificationToken", PageWorld.Token(form)), new("OrderId", "o-1"), new("Act", act), new("Detail", detail)));
        Assert.Contains("The act is not known", await ActAsync("note", ""), StringComparison.Ordinal);
        Assert.Contains("The act is not known", await ActAsync("calibrate", "2027-01-01"), StringComparison.Ordinal);
        Assert.Contains("Noted.", await ActAsync("clear-tamper", "looked at"), StringComparison.Ordinal);
        var act = (DeviceAct)station.Calls.Single(call => call.Method == nameof(IDeviceGrain.Act)).Arguments[0]!;
        Assert.Equal(("o-1", "clear-tamper", "looked at"), (act.ActId, act.Act, act.Detail));
    }

    [Theory]
    [InlineData("/devices/" + OperationSamples.Station)]
    [InlineData("/devices/no-such-device")]
    public async Task Another_banks_device_and_none_read_alike(string path)
    {
        await using var world = await StartWithStationAsync();
        using var browser = await world.SignInAsync(Roles.Admin, institution: PortalHost.OtherBank);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Empty_lists_say_so()
    {
        await using var world = await PageWorld.StartAsync(portal =>
        {
            OperationSamples.Script(portal);
            portal.Alarms.Reads(nameof(IAlarms.AlarmsAsync), (IReadOnlyList<AlarmRow>)[]).Reads(nameof(IAlarms.CountOpenAsync), 0L);
            portal.Register.Reads(nameof(IRegister.DevicesAsync), new DevicePage(0, []));
        });
        using var browser = await world.SignInAsync(Roles.FleetOperator);
        Assert.Contains("No alarm is open here.", PageBasics.Holds(await browser.GetAsync("/alarms")), StringComparison.Ordinal);
        Assert.Contains("No device fits.", PageBasics.Holds(await browser.GetAsync("/devices")), StringComparison.Ordinal);
        Assert.Contains("No station is silent.", PageBasics.Holds(await browser.GetAsync("/devices?silent=1")), StringComparison.Ordinal);
        Assert.Contains("Nothing needs you now.", PageBasics.Holds(await browser.GetAsync("/")), StringComparison.Ordinal);
    }

    private static Task<PageWorld> StartWithStationAsync(Action<Scripted<IBaseStationGrain>>? made = null, Action<PortalHost>? then = null) => PageWorld.StartAsync(portal =>
    {
        OperationSamples.Script(portal);
        var station = portal.Grains.Place<IBaseStationGrain>(OperationSamples.Station)
            .Gives(nameof(IDeviceGrain.Describe), (DeviceTwin?)OperationSamples.Twin)
            .Gives(nameof(IDeviceGrain.Act), OperationSamples.Twin);
        made?.Invoke(station);
        portal.Grains.Place<IRanchGrain>(Samples.Ranch)
            .Gives(nameof(ISiteGrain.Activity), (DeviceActivity?)new DeviceActivity(OperationSamples.Station, 4, 512, Samples.Now.AddSeconds(-50), 9_001, 2, 1, [4_700]));
        then?.Invoke(portal);
    });
}
