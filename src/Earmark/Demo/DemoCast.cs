using Earmark.Contracts.Lending;

namespace Earmark.Host.Demo;

/// <summary>Who and what the demo shows. Names are invented; figures are of the size a county bank sees.</summary>
internal static class DemoCast
{
    public const string Bank = "demo-bank";
    public const string BankName = "示范农村商业银行 · Demo Rural Commercial Bank";
    public const string Ranch = "demo-ranch";
    public const string Warehouse = "demo-warehouse";
    public const string Fleet = "demo-fleet";
    public const string RanchFacility = "demo-ranch-loan";
    public const string WarehouseFacility = "demo-warehouse-loan";
    public const string LogisticsFacility = "demo-logistics-loan";
    public const string RanchBorrower = "borrower-ranch";
    public const string By = "demo";

    public const string BeefCattle = "beef-cattle";
    public const string Grain = "grain";
    public const string Maize = "maize-2";
    public const string FrozenBeef = "frozen-beef";
    public const string Carcass = "carcass";

    /// <summary>分 per tonne: live beef cattle about 26–30 yuan/kg, maize about 2.3 yuan/kg, frozen beef about 58 yuan/kg.</summary>
    public static PriceLine[] Prices(DateTimeOffset at) =>
    [
        new(BeefCattle, "", 2_700_000, at, "demo"),
        new(BeefCattle, "simmental", 2_900_000, at, "demo"),
        new(BeefCattle, "angus", 3_000_000, at, "demo"),
        new(Grain, "", 230_000, at, "demo"),
        new(FrozenBeef, "", 5_800_000, at, "demo"),
    ];

    public static LinesView Lines => new(650_000, 700_000, 750_000, 850_000, 20_000);

    /// <summary>A 15-digit ISO 11784 number with the country code of China.</summary>
    public static string Tag(int number) => $"156{number:000000000000}";

    public static string Animal(int number) => $"cow-{number:00000}";

    public static string Pen(int number) => $"pen-{number}";
}
