using System.IO.Pipelines;
using System.Net;
using System.Text;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Portal;
using Earmark.Portal.Identity;
using Earmark.Portal.Onboarding;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal;

public sealed class ImportTests
{
    private const string Header = "assetId,tag,priceClass,breed,sex,pen,bornAt,weightKilograms,weighedAt";
    private const string Path = "/api/v1/sites/ranch-1/import/animals";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_stops_in_the_middle_of_a_file_leaves_no_read_open()
    {
        var reader = PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes("first\nsecond\n")));
        await foreach (var line in CsvLines.ReadAsync(reader, Cancel))
        {
            Assert.Equal("first", line.Text);
            break;
        }

        Assert.True((await reader.ReadAsync(Cancel)).Buffer.Length > 0);
    }

    [Fact]
    public async Task Good_rows_are_declared_together_and_bad_ones_are_told_by_line_and_reason()
    {
        var commands = new List<DeclareAnimals>();
        await using var host = await StartAsync(commands, _ => null);
        using var rancher = await host.KeyAsync(Roles.RanchOperator, siteIds: Seeds.Ranch);
        var file = string.Join("\r\n", Header, Row("cow-1"), Row("Cow 2"), "cow-3,1", Row("cow-4", kilograms: "heavy"), "", Row("cow-5"));
        var answer = await rancher.PostAsync(Path, "\uFEFF" + file, "text/csv", ("Idempotency-Key", "imp-1"));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(("finished", 5, 2, 3), Tally(answer));
        Assert.Equal([3, 4, 5], answer.Json.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("line").GetInt32()));
        Assert.Contains("assetId", Detail(answer, 0), StringComparison.Ordinal);
        Assert.Contains("9 cells", Detail(answer, 1), StringComparison.Ordinal);
        Assert.Contains("weightKilograms: 'heavy'", Detail(answer, 2), StringComparison.Ordinal);
        var declared = Assert.Single(commands);
        Assert.Equal(["cow-1", "cow-5"], declared.Animals.Select(animal => animal.AssetId));
        Assert.Equal((420_500, new DateTimeOffset(2025, 3, 1, 0, 0, 0, TimeSpan.Zero)), (declared.Animals[0].WeightGrams, declared.Animals[0].BornAt));
    }

    [Fact]
    public async Task The_same_file_under_the_same_id_sends_the_same_commands()
    {
        var commands = new List<DeclareAnimals>();
        await using var host = await StartAsync(commands, _ => null);
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var file = Header + "\n" + string.Join('\n', Enumerable.Range(1, PortalLimits.ImportRowsPerCommand + 1).Select(number => Row("cow-" + number)));
        await bank.PostAsync(Path, file, "text/csv", ("Idempotency-Key", "imp-2"));
        await bank.PostAsync(Path, file, "text/csv", ("Idempotency-Key", "imp-2"));
        Assert.Equal(["imp-2-2-500", "imp-2-502-1", "imp-2-2-500", "imp-2-502-1"], commands.Select(command => command.CommandId));
        Assert.Equal(commands[0].Animals, commands[2].Animals);
    }

    [Fact]
    public async Task One_row_that_the_site_refuses_costs_its_neighbours_nothing()
    {
        await using var host = await StartAsync([], command => command.Animals.Any(animal => animal.AssetId == "cow-77") ? "other-site" : null);
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var file = Header + "\n" + string.Join('\n', Enumerable.Range(1, 100).Select(number => Row("cow-" + number)));
        var answer = await bank.PostAsync(Path, file, "text/csv");
        Assert.Equal(("finished", 100, 99, 1), Tally(answer));
        var problem = answer.Json.GetProperty("problems")[0];
        Assert.Equal((78, "other-site"), (problem.GetProperty("line").GetInt32(), problem.GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData("assetId,colour\ncow-1,red", "colour")]
    [InlineData("assetId\ncow-1", "missing")]
    [InlineData("", "empty")]
    public async Task A_header_that_does_not_fit_is_refused_whole(string file, string word)
    {
        await using var host = await StartAsync([], _ => null);
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var answer = await bank.PostAsync(Path, file, "text/csv");
        ApiAccessTests.AssertProblem(answer, HttpStatusCode.BadRequest, "bad-header");
        Assert.Contains(word, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_without_end_is_refused_without_being_held()
    {
        await using var host = await StartAsync([], _ => null);
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var endless = new StringBuilder(Header).Append('\n').Append('x', 2_000_000).Append('\n').Append(Row("cow-1")).ToString();
        var answer = await bank.PostAsync(Path, endless, "text/csv");
        Assert.Equal(("finished", 2, 1, 1), Tally(answer));
        Assert.Contains("too long", Detail(answer, 0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_line_is_passed_over_while_it_arrives()
    {
        using var pool = new CountingPool();
        var pipe = new Pipe(new PipeOptions(pool, pauseWriterThreshold: 4 * PortalLimits.ImportLineBytes, resumeWriterThreshold: PortalLimits.ImportLineBytes));
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await pipe.Writer.WriteAsync(new byte[PortalLimits.ImportLineBytes], Cancel);
            }

            await pipe.Writer.WriteAsync("\nlast"u8.ToArray(), Cancel);
            await pipe.Writer.CompleteAsync();
        }, Cancel);
        var lines = new List<CsvLine>();
        await foreach (var line in CsvLines.ReadAsync(pipe.Reader, Cancel))
        {
            lines.Add(line);
        }

        await writing;
        Assert.Equal([new CsvLine(1, null), new CsvLine(2, "last")], lines);
        Assert.True(pool.MostRented < 20 * PortalLimits.ImportLineBytes, $"{pool.MostRented} bytes were held at once");
    }

    [Fact]
    public async Task Progress_is_to_be_had_by_id_while_it_runs_and_only_by_who_may_see_the_site()
    {
        var reached = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        host.Grains.Place<IRegistrarGrain>(PortalHost.Bank).On(nameof(IRegistrarGrain.Declare), _ => new ValueTask<CommandReceipt>(WaitAsync()));
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        using var other = await host.KeyAsync(Roles.RanchOperator, siteIds: Seeds.OtherRanch);
        var running = bank.PostAsync(Path, Header + "\n" + Row("cow-1"), "text/csv", ("Idempotency-Key", "imp-3"));
        await reached.Task;
        Assert.Equal(("running", 1, 0, 0), Tally(await bank.GetAsync("/api/v1/imports/imp-3")));
        ApiAccessTests.AssertProblem(await other.GetAsync("/api/v1/imports/imp-3"), HttpStatusCode.NotFound, "not-found");
        goOn.SetResult();
        Assert.Equal(("finished", 1, 1, 0), Tally(await running));
        Assert.Equal(("finished", 1, 1, 0), Tally(await bank.GetAsync("/api/v1/imports/imp-3")));

        async Task<CommandReceipt> WaitAsync()
        {
            reached.SetResult();
            await goOn.Task;
            return new CommandReceipt(true, null, null, 7);
        }
    }

    [Fact]
    public async Task Imported_devices_show_their_secrets_in_the_answer_and_not_in_the_progress()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        host.Grains.Place<IRegistrarGrain>(PortalHost.Bank).On(nameof(IRegistrarGrain.AddDevice), call =>
        {
            var order = (DeviceOrder)call[0]!;
            return new ValueTask<DeviceEnrolment>(new DeviceEnrolment(
                true, null, null, order.DeviceId, order.Kind, order.SiteId, order.DeviceId, "secret", 1, new string('a', 64)));
        });
        using var bank = await host.KeyAsync(Roles.BankOfficer);
        var answer = await bank.PostAsync(
            "/api/v1/sites/ranch-1/import/devices", "deviceId,kind,zone\nbs-1,base-station,pen-1\nbs-2,toaster,pen-1", "text/csv", ("Idempotency-Key", "imp-4"));
        Assert.Equal(("finished", 2, 1, 1), Tally(answer));
        Assert.Equal("secret", answer.Json.GetProperty("devices")[0].GetProperty("password").GetString());
        Assert.Equal(0, (await bank.GetAsync("/api/v1/imports/imp-4")).Json.GetProperty("devices").GetArrayLength());
    }

    private static Task<PortalHost> StartAsync(List<DeclareAnimals> commands, Func<DeclareAnimals, string?> refuse) => PortalHost.StartAsync(host =>
    {
        Seeds.SitesAndFacilities(host);
        host.Grains.Place<IRegistrarGrain>(PortalHost.Bank).On(nameof(IRegistrarGrain.Declare), call =>
        {
            var command = (DeclareAnimals)call[1]!;
            commands.Add(command);
            return new ValueTask<CommandReceipt>(refuse(command) is { } reason
                ? CommandReceipt.Refuse(reason, "The site would not have it.")
                : new CommandReceipt(true, null, null, commands.Count));
        });
    });

    private static string Row(string assetId, string kilograms = "420.5") =>
        $"{assetId},,beef-cattle,simmental,female,pen-1,2025-03-01,{kilograms},2026-11-01T08:00:00+08:00";

    private static (string?, int, int, int) Tally(Answer answer) => (
        answer.Json.GetProperty("state").GetString(),
        answer.Json.GetProperty("rowsRead").GetInt32(),
        answer.Json.GetProperty("accepted").GetInt32(),
        answer.Json.GetProperty("refused").GetInt32());

    private static string? Detail(Answer answer, int index) => answer.Json.GetProperty("problems")[index].GetProperty("detail").GetString();
}
