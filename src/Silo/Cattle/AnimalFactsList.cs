using System.Globalization;
using Earmark.Contracts.Sites;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Reports;
using Earmark.Valuation;

namespace Earmark.Silo.Cattle;

/// <summary>What the page of one animal and the API say of it, in plain units.</summary>
internal static class AnimalFactsList
{
    public static AssetFact[] Of(SiteCore core, Herd herd, int slot, WeightCache weights)
    {
        ref readonly var animal = ref herd.Animals[slot];
        ref readonly var heard = ref herd.Heard[slot];
        var weight = weights.Estimate(slot, core.Now);
        var asset = herd.Ids[slot];
        return
        [
            new("sex", herd.Sexes[animal.Sex]),
            new("born-at", AssetPages.Time(animal.BornAt)),
            new("weight-kilograms", Kilograms(weight.MeanGrams)),
            new("weight-lower-kilograms", Kilograms(weight.LowerGrams)),
            new("weight-upper-kilograms", Kilograms(weight.UpperGrams)),
            new("gain-kilograms-per-day", herd.Growth[slot].IsWeighed ? (herd.Growth[slot].GainGrams / 1000m).ToString("0.00", CultureInfo.InvariantCulture) : ""),
            new("weighed-kilograms", Kilograms(animal.WeighedGrams)),
            new("weighed-at", AssetPages.Time(animal.WeighedAt)),
            new("insured-until", AssetPages.Time(animal.InsuredUntil)),
            new("quarantined", Is(animal.Is(AnimalMarks.Quarantined))),
            new("registered", Is(animal.Is(AnimalMarks.Registered))),
            new("health", heard.Health.Code()),
            new("health-because", ((HealthReason)heard.HealthReason).Code()),
            new("health-since", AssetPages.Time(heard.HealthSince)),
            new("station", heard.LastHeard == 0 || heard.Station >= core.Devices.Count ? "" : core.Devices[heard.Station].Id),
            new("rssi-dbm", heard.RssiDbm == HeardRow.NoRssi ? "" : Number(heard.RssiDbm)),
            new("battery-percent", heard.LastHeard == 0 ? "" : Number(heard.BatteryFifteenths * 100 / 15)),
            new("activity-count", Number(heard.ActivityCount)),
            new("activity-of-usual-percent", heard.ActivityShare == HeardRow.NoShare ? "" : Number(heard.ActivityShare / 100)),
            new("usual-temperature-celsius", heard.UsualTemperatureCentiCelsius == HeardRow.NoTemperature
                ? ""
                : (heard.UsualTemperatureCentiCelsius / 100m).ToString("0.00", CultureInfo.InvariantCulture)),
            new("open-transitions", string.Join(' ', core.Transitions.Open.Where(open => open.AssetId == asset).Select(open => open.Transition))),
            new("refused-transitions", string.Join("; ", core.Transitions.Refused.Where(open => open.AssetId == asset).Select(open => $"{open.Transition}: {open.Because}"))),
        ];
    }

    private static string Kilograms(int grams) => (grams / 1000m).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Is(bool fact) => fact ? "yes" : "no";
}
