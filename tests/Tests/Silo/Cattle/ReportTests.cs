using CsCheck;
using Earmark.Contracts.Sites;
using Earmark.Tests.Silo.Sites;
using Xunit;
using static Earmark.Tests.Silo.Cattle.RanchWorld;

namespace Earmark.Tests.Silo.Cattle;

public sealed class ReportTests
{
    [Fact]
    public void Until_it_ends_a_report_without_news_is_never_too_high() =>
        Gen.Select(Gen.Int[0, 75 * 60], Gen.Int[0, 120], Gen.Int[0, 75 * 60]).Sample(
            (heardMinutesAgo, later, insuredMinutes) =>
            {
                var ranch = new FoldRun(SiteKind.Ranch, Site).Submit(Opening(4));
                ranch.Hear("bs-1", Round("bs-1", 1, ranch.Now, Well, 1, 2, 3, 4));
                ranch.Submit(new SetCover("cover", "officer", [Animal(1)], ranch.Now.AddMinutes(insuredMinutes), null));
                ranch.Wait(TimeSpan.FromMinutes(heardMinutesAgo)).Tick();
                var told = ranch.Report(Facility);
                ranch.Wait(TimeSpan.FromSeconds(later)).Tick();
                var holds = ranch.Fold.Assets(new AssetQuery()).Lines.Sum(line => line.EligibleGrams);

                Assert.True(told.ValidUntil >= ranch.Now);
                Assert.True(told.Rows.Sum(row => row.AfterConfidenceGrams) <= holds, $"told {told.Rows.Sum(row => row.AfterConfidenceGrams)}, holds {holds}");
            },
            iter: 300);

    [Fact]
    public void Rows_are_well_formed_and_sum_to_the_assets_by_class_breed_and_pen()
    {
        var ranch = new FoldRun(SiteKind.Ranch, Site).Submit([Define, Stations]);
        var animals = Animals(9).Animals.Select((animal, at) => animal with
        {
            Breed = at % 2 == 0 ? "simmental" : "angus",
            Pen = at % 3 == 0 ? "pen-1" : "pen-2",
            WeightGrams = 300_000 + (at * 10_000),
        }).ToArray();
        ranch.Submit(new DeclareAnimals("animals", "operator", animals)).Submit(Pledge(9));
        ranch.Wait(TimeSpan.FromMinutes(1)).Hear("bs-1", Round("bs-1", 1, ranch.Now, Well, [.. Enumerable.Range(1, 8)]));

        var report = ranch.Report(Facility);

        Assert.Equal(4, report.Rows.Length);
        Assert.Equal(8, report.Rows.Sum(row => row.Count));
        Assert.All(report.Rows, row => Assert.True(
            row.QuantityGrams >= row.AfterHealthGrams && row.AfterHealthGrams >= row.AfterFreshnessGrams
            && row.AfterFreshnessGrams >= row.AfterConfidenceGrams && row.AfterConfidenceGrams > 0));
        var lines = ranch.Fold.Assets(new AssetQuery(FacilityId: Facility)).Lines;
        Assert.Equal(lines.Sum(line => line.EligibleGrams), report.Rows.Sum(row => row.AfterConfidenceGrams));
        Assert.Equal([("never-heard", 1)], report.Excluded.Select(excluded => (excluded.Reason, excluded.Count)));
    }

    [Fact]
    public void A_weight_dated_ahead_is_refused_whether_declared_or_weighed()
    {
        var ranch = new FoldRun(SiteKind.Ranch, Site).Submit(Opening(1));
        var ahead = ranch.Now.AddDays(1).AddSeconds(1);
        Assert.Equal("weighed-ahead", ranch.Refusal(new WeighAnimals("w-1", "operator", [new Weighing(Animal(1), 900_000, ahead, "chute")])));
        Assert.Null(ranch.Refusal(new WeighAnimals("w-2", "operator", [new Weighing(Animal(1), 510_000, ranch.Now.AddHours(8), "chute")])));
        var animal = Animals(2).Animals[1] with { WeighedAt = ahead };
        Assert.Equal("weighed-ahead", ranch.Refusal(new DeclareAnimals("d-1", "operator", [animal])));
    }

    [Fact]
    public void An_exclusion_counts_all_and_names_the_first_hundred()
    {
        var ranch = new FoldRun(SiteKind.Ranch, Site).Submit(Opening(150));
        var excluded = Assert.Single(ranch.Report(Facility).Excluded);
        Assert.Equal((150, ExcludedQuantity.NamedAssets), (excluded.Count, excluded.AssetIds.Length));
    }

    [Theory]
    [InlineData("quarantine", "quarantined")]
    [InlineData("insurance", "not-insured")]
    [InlineData("sale", "sold")]
    [InlineData("registration", "unregistered")]
    public void What_papers_say_excludes(string paper, string reason)
    {
        var ranch = new FoldRun(SiteKind.Ranch, Site).Submit([Define, Stations, Animals(2)]);
        ranch.Submit(Pledge(2) with { RegistrationNumber = paper == "registration" ? "" : "zdw-1" });
        ranch.Wait(TimeSpan.FromMinutes(1)).Hear("bs-1", Round("bs-1", 1, ranch.Now, Well, 1, 2));
        SiteCommand? command = paper switch
        {
            "quarantine" => new SetCover("c", "vet", [Animal(1)], null, true),
            "insurance" => new SetCover("c", "insurer", [Animal(1)], ranch.Now, null),
            "sale" => new RemoveAssets("c", "operator", [Animal(1)], "sold"),
            _ => null,
        };
        ranch.Submit(command is null ? [] : [command]);
        Assert.Contains(ranch.Report(Facility).Excluded, excluded => excluded.Reason == reason && excluded.AssetIds.Contains(Animal(1)));
    }

    [Fact]
    public void A_released_animal_leaves_the_report_and_another_facility_may_take_it()
    {
        var ranch = new FoldRun(SiteKind.Ranch, Site).Submit(Opening(2));
        var other = new PledgeAssets("p2", "officer", "facility-2", [Animal(1)], "zdw-2");
        Assert.Equal("pledged-elsewhere", ranch.Refusal(other));
        Assert.Equal("not-pledged-here", ranch.Refusal(new ReleaseAssets("r0", "officer", "facility-2", [Animal(1)])));
        ranch.Submit(new ReleaseAssets("r", "officer", Facility, [Animal(1)])).Submit(other);
        Assert.Equal([Animal(2)], Assert.Single(ranch.Report(Facility).Excluded).AssetIds);
        Assert.Equal([Animal(1)], Assert.Single(ranch.Report("facility-2").Excluded).AssetIds);
    }
}
