namespace Earmark.Valuation;

/// <summary>
/// Limits of <see cref="HealthRule"/>, a policy of the institution. Sources: grazing cows lie in 8.8 ± 3.6 bouts a day (NZSAP 80, 2020, 8–13)
/// and steers for 29–66 % of it (Robért et al., AJVR 72, 2011): about 80 min a bout, in which head and ears still move; 3 h without any movement
/// is more than twice that. The ear's surface follows the core in its course at 15–30 °C ambient (Davis et al., ASAE 034008, 2003); how far it lies
/// below depends on the weather, so an animal's own usual goes before any absolute figure. Figures without a source here are chosen.
/// </summary>
/// <param name="DeadMotionlessMinutes">No movement at all for this long.</param>
/// <param name="DeadBelowUsualCentiCelsius">An ear this much below the animal's own mean: more than night and weather do to a living one.</param>
/// <param name="DeadBelowCentiCelsius">Or this cold, for an animal without a usual temperature yet. Alone it would condemn ears in a hard winter; with the first sign it does not.</param>
/// <param name="FeverAboveUsualCentiCelsius">An ear this much above the animal's own mean, together with low activity.</param>
/// <param name="WatchAboveUsualCentiCelsius">An ear this much above the animal's own mean whatever its activity: more than a warm afternoon does to every ear of a herd.</param>
/// <param name="WatchActivityMillionths">Below this share of the usual movements.</param>
/// <param name="SickActivityMillionths">Likewise.</param>
public sealed record HealthParameters(
    int DeadMotionlessMinutes,
    int DeadBelowUsualCentiCelsius,
    int DeadBelowCentiCelsius,
    int FeverAboveUsualCentiCelsius,
    int WatchAboveUsualCentiCelsius,
    int WatchActivityMillionths,
    int SickActivityMillionths)
{
    public static readonly HealthParameters Default = new(
        DeadMotionlessMinutes: 180,
        DeadBelowUsualCentiCelsius: 4_00,
        DeadBelowCentiCelsius: 25_00,
        FeverAboveUsualCentiCelsius: 1_50,
        WatchAboveUsualCentiCelsius: 4_00,
        WatchActivityMillionths: 500_000,
        SickActivityMillionths: 250_000);
}
