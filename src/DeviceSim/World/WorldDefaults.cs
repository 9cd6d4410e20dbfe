namespace Earmark.DeviceSim.World;

/// <summary>
/// Every figure the simulated world starts from, with where it comes from. "Set" marks a figure that the project chose
/// (a size of the demo, a property of imagined hardware) rather than found.
/// </summary>
public static class WorldDefaults
{
    // ---- Size (set) ----
    public const int Cattle = 2_000;
    public const int BaseStations = 8;
    public const int Feeders = 2;
    public const int Scales = 3;
    public const int Lots = 40;
    public const int Trucks = 12;

    /// <summary>Lots that goods come to and leave; the others lie still, as pledged goods do.</summary>
    public const int TradedLots = 10;
    public const ulong Seed = 20_261_122;

    /// <summary>Country code 999 of ISO 11784 is for tests; tags of a herd without a devices file have it.</summary>
    public const int TestTagCountry = 999;

    /// <summary>China Standard Time; it has no daylight saving. The clocks in barns and yards follow it.</summary>
    public static readonly TimeSpan LocalOffset = TimeSpan.FromHours(8);

    // ---- Radio (set, from the 80 m active tags and whole-ranch inventory of the bank case in the project's requirements) ----
    public const int RoundSeconds = 60;
    public const double HeardShareLow = 0.60;
    public const double HeardShareHigh = 0.95;
    public const double HeardTwiceShare = 0.02;

    /// <summary>A pen's share is drawn this far inside the two bounds, so that what is measured stays inside them too.</summary>
    public const double HeardShareMargin = 0.03;

    /// <summary>A tag lying in the mud on the ground reaches the station half as often (set).</summary>
    public const double FallenTagHeardFactor = 0.5;
    public const double SignalNearDbm = -58;
    public const double SignalSpreadDb = 9;
    public const double SignalSecondStationLossDb = 14;

    // ---- Clocks: 23 ppm, the tolerance of a common 20 ppm 32 kHz crystal over temperature, is 2 s a day ----
    public const double ClockDriftSecondsPerDay = 2.0;

    /// <summary>Devices set their clock once a day, so an error stays inside the figure above (set).</summary>
    public static readonly TimeSpan ClockResync = TimeSpan.FromDays(1);

    // ---- Cattle: temperature. Rectal 38.0–39.3 °C: Merck Veterinary Manual, "Normal Rectal Temperature Ranges" ----
    public const double CoreCelsius = 38.6;
    public const double CoreDiurnalCelsius = 0.3;

    /// <summary>Fever of bovine respiratory disease, 40–41.5 °C (Merck Veterinary Manual, "Bovine Respiratory Disease Complex").</summary>
    public const double FeverCelsius = 2.2;

    /// <summary>Share of the way from air to core that a sensor on the ear shows; ear skin follows the air more than the body does (set).</summary>
    public const double EarCouplingMean = 0.74;
    public const double EarCouplingSpread = 0.04;
    public const double EarNoiseCelsius = 0.25;

    /// <summary>Newton cooling, dT/dt = −(T − air)/τ. A carcass core has τ of about a day; an ear is thin (set: 2.5 h).</summary>
    public static readonly TimeSpan DeadEarCooling = TimeSpan.FromHours(2.5);
    public static readonly TimeSpan FallenTagCooling = TimeSpan.FromMinutes(12);

    // ---- Cattle: behaviour. Two peaks a day at dawn and dusk, lying 9–12 h a day in bouts: Kilgour, "In pursuit of
    // 'normal': a review of the behaviour of cattle at pasture", Applied Animal Behaviour Science 138 (2012) ----
    public const double ActivityNightPerMinute = 0.9;
    public const double ActivityDayPerMinute = 4.0;
    public const double ActivityPeakPerMinute = 11.0;
    public const double DawnHour = 6.5;
    public const double DuskHour = 18.0;
    public const double PeakWidthHours = 1.4;
    public const double RestChanceDay = 0.22;
    public const double RestChanceNight = 0.55;
    public const double RestActivityFactor = 0.08;
    public static readonly TimeSpan RestSlot = TimeSpan.FromMinutes(12);
    public const double IllActivityLoss = 0.75;

    /// <summary>A living tag was still for at most this long as far as the world looks back (set; far above what resting gives).</summary>
    public const int LongestStillMinutes = 240;

    // ---- Cattle: hazards per head and year. Feedlot death loss 1–2 %, respiratory illness 16 % of placed cattle:
    // USDA APHIS NAHMS Feedlot 2011, parts I and IV. Thefts are the scenario's business, tags lost 1–5 % a year
    // (field trials reviewed in ICAR's recording guidelines, section on identification) ----
    public const double DeathsPerHeadYear = 0.004;
    public const double IllnessesPerHeadYear = 0.16;
    public const double BirthsPerHeadYear = 0.05;
    public const double TheftsPerHeadYear = 0.0005;
    public const double TagLossesPerHeadYear = 0.02;
    public const double IllnessDaysMean = 6;

    /// <summary>One in twelve of the ill dies of it (set; with the other deaths it gives the death loss above).</summary>
    public const double IllnessFatality = 1 / 12.0;
    public const double AgeMonthsLow = 4;
    public const double AgeMonthsHigh = 26;

    // ---- Weather: an Inner Mongolian steppe ranch. Monthly means of Hohhot −11 (January) to 23 °C (July) ----
    public const double YearMeanCelsius = 7;
    public const double YearSwingCelsius = 16;
    public const double DaySwingCelsius = 6;
    public const double WeatherNoiseCelsius = 2.5;
    public const int WarmestDayOfYear = 200;
    public const double WarmestHour = 15;

    // ---- Feeding. Intake 2.2 % of body weight as dry matter: NASEM, "Nutrient Requirements of Beef Cattle", 8th ed. (2016);
    // a total mixed ration holds about half water ----
    public const double IntakeShareOfBodyWeight = 0.022;
    public const double DryMatterShare = 0.5;
    public static readonly TimeSpan[] Feedings = [TimeSpan.FromHours(6), TimeSpan.FromHours(11), TimeSpan.FromHours(16.5)];
    public const double FeedNoise = 0.03;

    /// <summary>Mixer load cells count in steps of 5 kg (set, common display step of mixer indicators).</summary>
    public const double FeedStepKilograms = 5;
    public static readonly TimeSpan LoadStep = TimeSpan.FromMinutes(3);
    public static readonly TimeSpan DeliveryStep = TimeSpan.FromMinutes(4);

    // ---- Warehouse (set). Stock under a floating pledge turns over: what leaves in the day is replaced within hours, and the
    // warehouse's book, which knows whole receipts, does not change for it. So a turn stays well below the 5 % gap that nobody would accept. ----
    public const double LotKilogramsLow = 18_000;
    public const double LotKilogramsHigh = 60_000;
    public const int TurnsPerDay = 6;
    public const double TurnShareLow = 0.01;
    public const double TurnShareHigh = 0.022;
    public static readonly TimeSpan RestockAfterLow = TimeSpan.FromMinutes(40);
    public static readonly TimeSpan RestockAfterHigh = TimeSpan.FromMinutes(100);
    public static readonly TimeSpan YardOpens = TimeSpan.FromHours(8);
    public static readonly TimeSpan YardCloses = TimeSpan.FromHours(18);

    /// <summary>At the take-over of a pledged stock lots go over the scale this far apart.</summary>
    public static readonly TimeSpan TakeOverEvery = TimeSpan.FromSeconds(6);

    /// <summary>Kerb mass of light trucks (set).</summary>
    public const double TruckTareKilogramsLow = 2_800;
    public const double TruckTareKilogramsHigh = 4_400;
    public static readonly TimeSpan YardStay = TimeSpan.FromMinutes(25);
    public static readonly TimeSpan StockTakeEvery = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan ScaleHeartbeat = TimeSpan.FromMinutes(5);

    /// <summary>Division e = 20 kg of a truck scale and 1 kg of a platform, class III of OIML R 76.</summary>
    public const int TruckScaleStepGrams = 20_000;
    public const int PlatformStepGrams = 1_000;
    public const int UnstableReadings = 2;
    public static readonly TimeSpan SettlingStep = TimeSpan.FromSeconds(2);

    // ---- Trucks. GNSS error of a few metres: GPS SPS Performance Standard (2020), 95 % horizontal below 8–13 m ----
    public const double TruckSpeedKilometresPerHour = 62;
    public const double PaceSpread = 0.12;
    public static readonly TimeSpan PositionEvery = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan Dwell = TimeSpan.FromMinutes(40);

    /// <summary>Drivers must rest 20 min after 4 h: article 62 of the regulation for the Road Traffic Safety Law; short stops come oftener (set).</summary>
    public const double BreakChancePerHour = 0.25;
    public const double BreakMinutesLow = 5;
    public const double BreakMinutesHigh = 20;
    public const double PositionNoiseMetres = 3.5;
    public const double NoFixChance = 0.002;
}
