using System.Globalization;
using System.Text;

namespace Earmark.SystemTests.Running;

/// <summary>Rounds of the demo ranch's herd as a station would report them, made by hand.</summary>
internal static class Herd
{
    public static string Tag(int number) => $"156{number:000000000000}";

    /// <summary>An inventory round of living animals, in which some lie motionless and cold.</summary>
    public static string Round(int number, IEnumerable<int> alive, IEnumerable<int> dead)
    {
        var observations = new StringBuilder();
        foreach (var animal in alive)
        {
            Append(observations, animal, activity: 40, motionlessMinutes: 2, temperatureCelsius: 36.5);
        }

        foreach (var animal in dead)
        {
            Append(observations, animal, activity: 0, motionlessMinutes: 600, temperatureCelsius: 9.5);
        }

        return $$"""{"roundNumber":{{number}},"durationSeconds":60,"observations":[{{observations}}]}""";
    }

    private static void Append(StringBuilder text, int animal, int activity, int motionlessMinutes, double temperatureCelsius)
    {
        text.Append(text.Length == 0 ? "" : ",");
        text.Append(CultureInfo.InvariantCulture, $$"""{"tag":"{{Tag(animal)}}","rssiDbm":-61,"tagFlags":[],"batteryPercent":87,"activityCount":{{activity}},"motionlessMinutes":{{motionlessMinutes}},"temperatureCelsius":{{temperatureCelsius}}}""");
    }
}
