using System.Net;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Lending;
using Earmark.Contracts.Market;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Earmark.Storage.History;
using Earmark.Storage.Journal;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal;

public sealed class OperatingTests
{
    [Fact]
    public async Task A_step_moves_a_stepped_clock_and_answers_when_all_is_settled()
    {
        var settled = default(DateTimeOffset);
        await using var host = await PortalHost.StartAsync(host => host.Grains.Place<IKeeperGrain>("0").On(nameof(IKeeperGrain.Settle), call =>
        {
            settled = (DateTimeOffset)call[0]!;
            return new ValueTask<SettleReceipt>(new SettleReceipt(3, 3, []));
        }));
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        Assert.Equal("stepped", (await bank.GetAsync("/api/v1/clock")).Json.GetProperty("mode").GetString());
        var step = await bank.PostJsonAsync("/api/v1/clock/step", """{"seconds":60}""");
        Assert.Equal(SetClock.Start.AddSeconds(60), settled);
        Assert.Equal("2026-11-22T08:01:00Z", step.Json.GetProperty("now").GetString());
        ApiAccessTests.AssertProblem(await bank.PostJsonAsync("/api/v1/clock/step", """{"seconds":301}"""), HttpStatusCode.BadRequest, "invalid-request");
        host.Clock.Running = ClockMode.Real;
        ApiAccessTests.AssertProblem(await bank.PostJsonAsync("/api/v1/clock/step", """{"seconds":1}"""), HttpStatusCode.UnprocessableEntity, "not-stepped");
    }

    [Fact]
    public async Task Steps_do_not_overlap()
    {
        var now = 0;
        var most = 0;
        await using var host = await PortalHost.StartAsync(host => host.Grains.Place<IKeeperGrain>("0")
            .On(nameof(IKeeperGrain.Settle), _ => new ValueTask<SettleReceipt>(SettleAsync())));
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => bank.PostJsonAsync("/api/v1/clock/step", """{"seconds":1}""")));
        Assert.Equal(1, most);

        async Task<SettleReceipt> SettleAsync()
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Delay(20);
            Interlocked.Decrement(ref now);
            return new SettleReceipt(0, 0, []);
        }
    }

    [Fact]
    public async Task A_frame_is_decoded_or_refused_with_the_exact_reason()
    {
        await using var host = await PortalHost.StartAsync();
        using var rancher = await host.KeyAsync(Roles.RanchOperator);
        var short_one = await rancher.PostJsonAsync("/api/v1/decode", """{"protocol":"native","hex":"45 4d 01"}""");
        Assert.Equal(HttpStatusCode.OK, short_one.Status);
        Assert.False(short_one.Json.GetProperty("ok").GetBoolean());
        Assert.NotEmpty(short_one.Json.GetProperty("reason").GetString()!);
        ApiAccessTests.AssertProblem(await rancher.PostJsonAsync("/api/v1/decode", """{"hex":"xyz"}"""), HttpStatusCode.BadRequest, "invalid-request");
        Assert.Empty(host.Identity.Audit);
    }

    [Fact]
    public async Task A_line_of_a_public_protocol_is_decoded_like_a_frame()
    {
        await using var host = await PortalHost.StartAsync();
        using var rancher = await host.KeyAsync(Roles.RanchOperator);
        var weight = await rancher.PostJsonAsync("/api/v1/decode", """{"protocol":"and","text":"ST,GS,+  4.870kg"}""");
        Assert.Equal("4.870", weight.Json.GetProperty("fields").GetProperty("value").GetString());
        var heartbeat = await rancher.PostJsonAsync("/api/v1/decode", """{"protocol":"jt808","hex":"7e0002000004304832546500b7cb7e","lenient":true}""");
        Assert.Equal("checksum", heartbeat.Json.GetProperty("fields").GetProperty("overlooked")[0].GetString());
        foreach (var wrong in (string[])["""{"protocol":"and"}""", """{"protocol":"and","text":"ST","hex":"00"}""", """{"protocol":"morse","text":"ST"}"""])
        {
            ApiAccessTests.AssertProblem(await rancher.PostJsonAsync("/api/v1/decode", wrong), HttpStatusCode.BadRequest, "invalid-request");
        }
    }

    [Fact]
    public async Task Live_says_yes_while_ready_says_no_without_its_grains()
    {
        await using var host = await PortalHost.StartAsync();
        host.Register.On(nameof(IRegister.InstitutionsAsync), _ => Task.FromResult<IReadOnlyList<InstitutionRow>>([new(PortalHost.Bank, "", "")]));
        using var anybody = host.Browser();
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync("/health/live")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await anybody.GetAsync("/health/ready")).Status);
        host.Grains.Place<IMarketGrain>(PortalHost.Bank)
            .On(nameof(IMarketGrain.Current), _ => new ValueTask<PriceTable>(new PriceTable(PortalHost.Bank, 0, [])));
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task A_device_is_opened_down_to_its_raw_frames_and_what_they_say()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        host.Register
            .On(nameof(IRegister.DeviceAsync), _ => Task.FromResult<DeviceRow?>(new DeviceRow(
                "bs-1", PortalHost.Bank, Seeds.Ranch, "base-station", "pen-1", "", "", true, true, SetClock.Start, "me")))
            .On(nameof(IRegister.BindingsOfDeviceAsync), _ => Task.FromResult<IReadOnlyList<BindingRow>>([]));
        host.Grains.Place<IBaseStationGrain>("bs-1").On(nameof(IDeviceGrain.Describe), _ => new ValueTask<DeviceTwin?>((DeviceTwin?)null));
        host.Grains.Place<IRanchGrain>(Seeds.Ranch).On(nameof(ISiteGrain.Activity), _ =>
            new ValueTask<DeviceActivity?>(new DeviceActivity("bs-1", 1, 9, SetClock.Start, 9, 0, 0, [42])));
        host.Journal.On(nameof(IJournal.ReadAsync), call => Task.FromResult<IReadOnlyList<JournalEntry>>(
            [new JournalEntry(1, Seeds.Ranch, 1, (long)call[1]! + 1, EntryKind.Frame, SetClock.Start, "bs-1", 1, 1, 1, [0x45, 0x4d, 0xff], [])]));
        host.History.On(nameof(IHistory.ReadRefusalsAsync), _ => Task.FromResult<IReadOnlyList<RefusalRow>>(
            [new RefusalRow(SetClock.Start, "bs-1", "bad-crc", 98, [0xde, 0xad], 3)]));
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var device = (await bank.GetAsync("/api/v1/devices/bs-1")).Json;
        var frame = device.GetProperty("frames")[0];
        Assert.Equal((42, "454dff", "verified"), (
            frame.GetProperty("position").GetInt32(), frame.GetProperty("hex").GetString(), frame.GetProperty("trust").GetString()));
        Assert.False(frame.GetProperty("decoded").GetProperty("ok").GetBoolean());
        Assert.Equal("dead", device.GetProperty("refusals")[0].GetProperty("firstBytes").GetString());
    }
}
