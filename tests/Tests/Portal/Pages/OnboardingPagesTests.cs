using System.Net;
using System.Text;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Portal.Identity;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal.Pages;

public sealed class OnboardingPagesTests
{
    [Theory]
    [InlineData("site")]
    [InlineData("animal")]
    [InlineData("lot")]
    [InlineData("shipment")]
    [InlineData("device")]
    [InlineData("import")]
    public async Task Every_form_of_onboarding_is_labelled_and_stands_alone(string what)
    {
        await using var world = await PageWorld.StartAsync();
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        Assert.Contains("name=\"OrderId\"", PageBasics.Holds(await browser.GetAsync("/onboarding?what=" + what)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_takes_on_what_belongs_to_its_site_and_a_borrower_nothing()
    {
        await using var world = await PageWorld.StartAsync();
        using var browser = await world.SignInAsync(Roles.RanchOperator, Samples.Ranch);
        var page = PageBasics.Holds(await browser.GetAsync("/onboarding?what=site"));
        Assert.Contains("Declare an animal", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Open a site", page, StringComparison.Ordinal);
        Assert.DoesNotContain("粮食一库", page, StringComparison.Ordinal);
        using var borrower = await world.SignInAsync(Roles.Borrower, Samples.Ranch, "li-farm");
        Assert.Contains("/forbidden", (await borrower.GetAsync("/onboarding")).Location, StringComparison.Ordinal);
        using var nobody = await world.SignInAsync(Roles.FleetOperator);
        Assert.Contains("There is no site yet", PageBasics.Holds(await nobody.GetAsync("/onboarding")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_animal_is_declared_in_grams_and_a_wrong_field_is_told_and_kept()
    {
        var (world, registrar) = await StartAsync(new CommandReceipt(true, null, null, 7));
        await using var _ = world;
        using var browser = await world.SignInAsync(Roles.RanchOperator, Samples.Ranch);
        var right = Animal();
        Assert.Contains("cow-0009", await PostAsync(browser, "animal", right), StringComparison.Ordinal);
        var declared = (DeclareAnimals)registrar.Calls.Single().Arguments[1]!;
        var animal = Assert.Single(declared.Animals);
        Assert.Equal(("o-1", "cow-0009", 412_500, "pen-a"), (declared.CommandId, animal.AssetId, animal.WeightGrams, animal.Pen));
        Assert.Equal(new DateTimeOffset(2025, 5, 31, 16, 0, 0, TimeSpan.Zero), animal.BornAt);

        right["Tag"] = "12";
        var refused = await PostAsync(browser, "animal", right);
        Assert.Contains("is not an ear-tag number of 15 digits", refused, StringComparison.Ordinal);
        Assert.Contains("value=\"412.5\"", refused, StringComparison.Ordinal);
        Assert.Single(registrar.Calls);
    }

    [Fact]
    public async Task Nothing_is_declared_to_another_banks_site()
    {
        var (world, registrar) = await StartAsync(new CommandReceipt(true, null, null, 7));
        await using var _ = world;
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        var fields = Animal();
        fields["SiteId"] = Samples.OtherRanch;
        Assert.Contains("There is no such site.", await PostAsync(browser, "animal", fields), StringComparison.Ordinal);
        Assert.Empty(registrar.Calls);
    }

    [Fact]
    public async Task A_devices_secrets_are_in_the_answer_and_nowhere_after()
    {
        var (world, registrar) = await StartAsync(new CommandReceipt(true, null, null, 7));
        await using var _ = world;
        registrar.Gives(nameof(IRegistrarGrain.AddDevice), new DeviceEnrolment(
            true, null, null, "bs-77", "base-station", Samples.Ranch, "bs-77", "pass-word-77", 1, "00ff77"));
        using var browser = await world.SignInAsync(Roles.RanchOperator, Samples.Ranch);
        var page = await PostAsync(browser, "device", new() { ["SiteId"] = Samples.Ranch, ["Kind"] = "base-station", ["DeviceId"] = "bs-77", ["Zone"] = "pen-a" });
        Assert.Contains("pass-word-77", page, StringComparison.Ordinal);
        Assert.Contains("00ff77", page, StringComparison.Ordinal);
        Assert.DoesNotContain("pass-word-77", (await browser.GetAsync("/onboarding?what=device")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Host.Identity.Audit, entry => entry.Detail.Contains("pass-word", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_leads_to_its_progress_with_every_refused_line_told()
    {
        var (world, registrar) = await StartAsync(new CommandReceipt(true, null, null, 7));
        await using var _ = world;
        using var browser = await world.SignInAsync(Roles.RanchOperator, Samples.Ranch);
        var answer = await UploadAsync(browser, """
            assetId,priceClass,breed,sex,pen,bornAt,weightKilograms,weighedAt
            cow-1,beef-cattle,angus,cow,pen-a,2024-01-01T00:00:00Z,400,2026-11-01T00:00:00Z
            cow 2,beef-cattle,angus,cow,pen-a,2024-01-01T00:00:00Z,400,2026-11-01T00:00:00Z
            """);
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var page = PageBasics.Holds(await browser.GetAsync(new Uri(answer.Location, UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true } at ? at.PathAndQuery : answer.Location));
        Assert.Contains("Finished", page, StringComparison.Ordinal);
        Assert.Contains("is not 1 to 40 of a-z", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\" class=\"number\">3</th>", page, StringComparison.Ordinal);
        Assert.Single(registrar.Calls);
        using var foreign = await world.SignInAsync(Roles.Admin, institution: PortalHost.OtherBank);
        Assert.Equal(HttpStatusCode.NotFound, (await foreign.GetAsync("/onboarding/imports/i-1")).Status);
    }

    [Fact]
    public async Task Sale_is_declared_on_the_animals_own_page_and_a_refusal_is_told()
    {
        var (world, registrar) = await StartAsync(CommandReceipt.Refuse("pledged", "cow-0001 is pledged."));
        await using var _ = world;
        using var browser = await world.SignInAsync(Roles.RanchOperator, Samples.Ranch);
        var path = "/animals/" + Samples.Cow;
        var page = PageBasics.Holds(await browser.GetAsync(path));
        var answer = PageBasics.Holds(await browser.PostFormAsync(
            path, new("_handler", "remove"), new("__RequestVerificationToken", PageWorld.Token(page)), new("OrderId", "o-2"), new("Left", "sold")));
        Assert.Contains("The asset is pledged; the bank has to release it first.", answer, StringComparison.Ordinal);
        var removal = (RemoveAssets)registrar.Calls.Single().Arguments[1]!;
        Assert.Equal(("o-2", Samples.Cow, "sold"), (removal.CommandId, removal.AssetIds.Single(), removal.Because));
        using var borrower = await world.SignInAsync(Roles.Borrower, Samples.Ranch, "li-farm");
        Assert.DoesNotContain("id=\"declare\"", PageBasics.Holds(await borrower.GetAsync(path)), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Animal() => new()
    {
        ["SiteId"] = Samples.Ranch, ["AssetId"] = "cow-0009", ["Tag"] = "", ["Because"] = "purchase", ["PriceClass"] = "beef-cattle", ["Breed"] = "angus",
        ["Sex"] = "cow", ["Pen"] = "pen-a", ["BornOn"] = "2025-06-01", ["Weight"] = "412.5", ["Weighing"] = "chute", ["InsuredUntil"] = "",
    };

    private static async Task<(PageWorld World, Scripted<IRegistrarGrain> Registrar)> StartAsync(CommandReceipt receipt)
    {
        Scripted<IRegistrarGrain> registrar = null!;
        var world = await PageWorld.StartAsync(portal => registrar = portal.Grains.Place<IRegistrarGrain>(PortalHost.Bank)
            .Gives(nameof(IRegistrarGrain.Declare), receipt));
        return (world, registrar);
    }

    private static async Task<string> PostAsync(Visitor browser, string form, Dictionary<string, string> fields)
    {
        var path = "/onboarding?what=" + form;
        var token = PageWorld.Token((await browser.GetAsync(path)).Text);
        KeyValuePair<string, string>[] all = [.. fields, new("_handler", form), new("OrderId", "o-1"), new("__RequestVerificationToken", token)];
        return PageBasics.Holds(await browser.PostFormAsync(path, all));
    }

    private static async Task<Answer> UploadAsync(Visitor browser, string csv)
    {
        const string path = "/onboarding?what=import";
        var token = PageWorld.Token((await browser.GetAsync(path)).Text);
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in new[] { ("_handler", "import"), ("OrderId", "i-1"), ("__RequestVerificationToken", token), ("SiteId", Samples.Ranch), ("What", "animals") })
        {
            form.Add(new StringContent(value), name);
        }

        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "File", "herd.csv");
        using var response = await browser.Client.PostAsync(path, form, TestContext.Current.CancellationToken);
        return new Answer(response.StatusCode, "", response.Headers, response.Content.Headers);
    }
}
