using System.Globalization;
using Earmark.SystemTests.Running;

namespace Earmark.SystemTests.Cattle;

/// <summary>The forecast as anybody calls it: on the command line with a file.</summary>
public sealed class Cattle_are_forecast
{
    [Fact]
    public async Task A_file_of_weighings_becomes_a_line_an_animal()
    {
        var file = await WriteAsync("animal,day,kg,sex\nb,2026-01-01,300,steer\na,2026-01-01,280,\nb,2026-02-15,345,steer\n");
        var (code, output) = await Command.RunAsync("forecast", "--csv", file, "--to", "2026-04-01");
        Assert.Equal(0, code);
        var lines = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("animal,meanKg,lowKg,highKg", lines[0]);
        Assert.Equal(["b", "a"], lines[1..].Select(line => line.Split(',')[0]));
        Assert.All(lines[1..], line =>
        {
            var kilograms = line.Split(',')[1..].Select(cell => decimal.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
            Assert.True(kilograms[1] < kilograms[0] && kilograms[0] < kilograms[2], line);
        });
    }

    [Fact]
    public async Task Bad_lines_are_told_and_the_others_forecast()
    {
        var file = await WriteAsync("animal,day,kg\na,1,280\na,x,290\n");
        var (code, output) = await Command.RunAsync("forecast", "--csv", file, "--to", "60");
        Assert.Equal(1, code);
        Assert.Contains("line 3: day 'x' is neither a whole number nor yyyy-MM-dd", output, StringComparison.Ordinal);
        Assert.Contains("\na,", output, StringComparison.Ordinal);
        Assert.Equal(2, (await Command.RunAsync("forecast", "--csv", file + ".gone", "--to", "60")).Code);
        Assert.Equal(2, (await Command.RunAsync("forecast", "--csv", file, "--to", "soon")).Code);
    }

    private static async Task<string> WriteAsync(string text)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("earmark-forecast-").FullName, "weighings.csv");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        return file;
    }
}
