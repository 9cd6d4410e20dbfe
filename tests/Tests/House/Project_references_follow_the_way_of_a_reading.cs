using System.Xml.Linq;
using Xunit;

namespace Earmark.Tests.House;

/// <summary>Who may know whom. A part that needs a reference that is not here sits in the wrong place.</summary>
public sealed class Project_references_follow_the_way_of_a_reading
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["FirmwareProtocols"] = [],
        ["Finance"] = [],
        ["Valuation"] = ["Finance"],
        ["Contracts"] = ["Finance"],
        ["Storage"] = ["Contracts", "Finance"],
        ["Silo"] = ["Contracts", "Finance", "Valuation", "Storage", "FirmwareProtocols"],
        ["Gateway"] = ["Contracts", "FirmwareProtocols"],
        ["DeviceSim"] = ["FirmwareProtocols"],
        ["Portal"] = ["Contracts", "Finance", "FirmwareProtocols", "Storage"],
    };

    private static readonly string[] MayUseAll = ["Earmark", "Tests", "SystemTests", "Bench"];

    /// <summary>Pure parts know no clock, no I/O and no Orleans: they take no package at all, but for the numerics of Valuation.</summary>
    private static readonly Dictionary<string, string[]> AllowedPackages = new()
    {
        ["FirmwareProtocols"] = [],
        ["Finance"] = [],
        ["Valuation"] = ["MathNet.Numerics"],
        ["Contracts"] = ["Microsoft.Orleans.Sdk", "Microsoft.Orleans.Analyzers"],
        ["DeviceSim"] = ["MQTTnet"],
    };

    [Fact]
    public void Every_project_references_only_what_it_may()
    {
        var wrong = Wrong(Projects());
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void Every_project_of_the_solution_is_named_by_the_rules()
    {
        var named = Allowed.Keys.Concat(MayUseAll).Order(StringComparer.Ordinal);
        Assert.Equal(named, Projects().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_reference_that_is_not_allowed_is_found()
    {
        var projects = new Dictionary<string, XDocument>
        {
            ["DeviceSim"] = XDocument.Parse("""<Project><ItemGroup><ProjectReference Include="../Valuation/Valuation.csproj" /></ItemGroup></Project>"""),
        };
        Assert.Equal(["DeviceSim references Valuation"], Wrong(projects));
    }

    private static List<string> Wrong(IReadOnlyDictionary<string, XDocument> projects)
    {
        var wrong = new List<string>();
        foreach (var (name, project) in projects.Where(p => !MayUseAll.Contains(p.Key)))
        {
            var references = project.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));
            wrong.AddRange(references.Except(Allowed.GetValueOrDefault(name, [])).Select(r => $"{name} references {r}"));
            if (AllowedPackages.TryGetValue(name, out var packages))
            {
                var used = project.Descendants("PackageReference").Select(r => r.Attribute("Include")!.Value);
                wrong.AddRange(used.Except(packages).Select(p => $"{name} takes the package {p}"));
            }
        }

        return wrong;
    }

    private static Dictionary<string, XDocument> Projects() =>
        Repository.Files("*.csproj").ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => XDocument.Load(path));
}
