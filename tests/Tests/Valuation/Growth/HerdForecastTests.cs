using CsCheck;
using Earmark.Valuation;
using Earmark.Valuation.Growth;
using Xunit;

namespace Earmark.Tests.Valuation.Growth;

public sealed class HerdForecastTests
{
    private static readonly Gen<WeighedAnimal> AnyAnimal =
        Gen.Select(Gen.Int[0, 400], Gen.Double[0.5, 2_500], Gen.Enum<WeighingKind>()).Select((day, kilograms, kind) => new Weighing(day, kilograms, kind)).List[1, 8]
            .Select(weighings => new WeighedAnimal("a", weighings));

    [Fact]
    public void An_animal_weighed_once_grows_by_what_its_class_does_with_a_wide_interval()
    {
        var forecast = Single([new(100, 300)], 160);
        Assert.InRange(forecast.MeanKilograms, 330, 375);
        Assert.InRange(forecast.HighKilograms - forecast.LowKilograms, 30, 130);
    }

    [Fact]
    public void Mature_cows_of_a_named_breed_are_not_grown_on()
    {
        var forecast = HerdForecast.At([new WeighedAnimal("a", [new(0, 680)], "Holstein", "cow")], 120)[0];
        Assert.InRange(forecast.MeanKilograms, 670, 700);
    }

    [Fact]
    public void An_animal_weighed_once_follows_the_herd_it_stands_in()
    {
        // Twenty that gain half a kilogram a day, weighed with 1 % noise, and one that came last week.
        var draws = new Random(7);
        var herd = Enumerable.Range(0, 20).Select(number => Straight($"a{number}", 250 + number, 0.5, 0, 180))
            .Select(animal => animal with { Weighings = [.. animal.Weighings.Select(one => one with { Kilograms = one.Kilograms * (1 + (0.01 * MadeHerd.Normal(draws))) })] })
            .Append(new WeighedAnimal("new", [new(173, 300)])).ToList();
        var forecast = HerdForecast.At(herd, 240)[^1];
        Assert.InRange((forecast.MeanKilograms - 300) / 67, 0.38, 0.65);
    }

    [Fact]
    public void A_lasting_difference_between_animals_is_kept_and_drawn_a_little_to_the_middle()
    {
        var herd = Enumerable.Range(0, 20).Select(number => Straight($"a{number}", 250, 0.8, 0, 200))
            .Append(Straight("fast", 250, 1.4, 0, 200)).Append(Straight("slow", 250, 0.2, 0, 200)).ToList();
        var forecasts = HerdForecast.At(herd, 260);
        var (fast, slow, usual) = (forecasts[^2].MeanKilograms, forecasts[^1].MeanKilograms, forecasts[0].MeanKilograms);
        Assert.InRange(fast, usual + 120, 250 + (1.4 * 260) + 5);
        Assert.InRange(slow, 250 + (0.2 * 260) - 5, usual - 120);
    }

    [Fact]
    public void A_slip_of_the_pen_does_not_carry_the_forecast_away()
    {
        var sound = Straight("a", 300, 1, 0, 210);
        var slipped = sound with { Weighings = [.. sound.Weighings.Select((one, at) => at == 4 ? one with { Kilograms = one.Kilograms / 10 } : one)] };
        var herd = Enumerable.Range(0, 10).Select(number => Straight($"b{number}", 300, 1, 0, 210)).ToList();
        var (with, without) = (HerdForecast.At([slipped, .. herd], 240)[0], HerdForecast.At([sound, .. herd], 240)[0]);
        Assert.InRange(with.MeanKilograms, without.MeanKilograms - 10, without.MeanKilograms + 10);
    }

    [Fact]
    public void Animals_that_lose_weight_are_followed_down()
    {
        var herd = Enumerable.Range(0, 15).Select(number => Straight($"a{number}", 600 + number, -0.5, 0, 150)).ToList();
        Assert.All(HerdForecast.At(herd, 180), forecast => Assert.InRange(forecast.MeanKilograms, 500, 550));
    }

    [Fact]
    public void The_order_of_lines_and_the_origin_of_days_change_nothing()
    {
        var herd = MadeHerd.Of("logistic", 3, 12, 150, 30).ConvertAll(animal => animal.Weighed);
        var moved = herd.ConvertAll(animal => animal with { Weighings = [.. animal.Weighings.Reverse().Select(one => one with { Day = one.Day + 700_000 })] });
        foreach (var (one, other) in HerdForecast.At(herd, 200).Zip(HerdForecast.At(moved, 700_200)))
        {
            Assert.Equal(one.MeanKilograms, other.MeanKilograms, 1e-6);
            Assert.Equal(one.LowKilograms, other.LowKilograms, 1e-6);
        }
    }

    [Fact]
    public void The_same_weighing_written_twice_counts_once()
    {
        var once = Straight("a", 300, 1, 0, 120);
        var twice = once with { Weighings = [.. once.Weighings, .. once.Weighings] };
        Assert.Equal(HerdForecast.At([once], 150)[0], HerdForecast.At([twice], 150)[0]);
    }

    [Fact]
    public void A_declared_weight_leaves_more_doubt_than_one_from_the_chute()
    {
        var (chute, declared) = (Single([new(0, 400)], 10), Single([new(0, 400, WeighingKind.Declared)], 10));
        Assert.True(declared.HighKilograms - declared.LowKilograms > 2 * (chute.HighKilograms - chute.LowKilograms));
    }

    [Fact]
    public void The_further_ahead_the_wider()
    {
        var widths = new[] { 10, 30, 60, 120, 240 }.Select(ahead => Single([new(0, 300), new(40, 340), new(80, 375)], 80 + ahead)).Select(one => one.HighKilograms - one.LowKilograms).ToArray();
        Assert.Equal(widths.Order(), widths);
    }

    [Fact]
    public void Whatever_is_written_the_answer_is_a_weight_inside_its_interval() =>
        AnyAnimal.List[1, 6].Select(Gen.Int[-200, 900]).Sample((animals, day) =>
        {
            var named = animals.Select((animal, at) => animal with { Id = $"a{at}" }).ToList();
            var forecasts = HerdForecast.At(named, day);
            return forecasts.Length == named.Count && forecasts.Zip(named).All(pair => pair.First.Animal == pair.Second.Id
                && double.IsFinite(pair.First.LowKilograms) && double.IsFinite(pair.First.HighKilograms) && pair.First.LowKilograms > 0
                && pair.First.LowKilograms < pair.First.MeanKilograms && pair.First.MeanKilograms < pair.First.HighKilograms);
        }, iter: 150);

    [Fact]
    public void A_herd_of_thousands_and_an_animal_weighed_daily_are_taken()
    {
        var herd = MadeHerd.Of("richards", 5, 2_000, 240, 35).ConvertAll(animal => animal.Weighed);
        var daily = new WeighedAnimal("daily", [.. Enumerable.Range(0, 240).Select(day => new Weighing(day, 300 + day, WeighingKind.WalkOver))]);
        var forecasts = HerdForecast.At([.. herd, daily], 270);
        Assert.Equal(2_001, forecasts.Length);
        Assert.InRange(forecasts[^1].MeanKilograms, 535, 590);
    }

    private static WeightForecast Single(IReadOnlyList<Weighing> weighings, int day) => HerdForecast.At([new WeighedAnimal("a", weighings)], day)[0];

    private static WeighedAnimal Straight(string id, double start, double gain, int from, int to) =>
        new(id, [.. Enumerable.Range(0, ((to - from) / 30) + 1).Select(at => new Weighing(from + (30 * at), start + (gain * 30 * at)))]);
}
