using System.Text.Json;

namespace Earmark.Bench.Load;

/// <summary>The hidden subcommand: encodes, connects, says so, then does what each line of its input tells it.</summary>
internal static class LoadCommand
{
    public const string Saturate = "saturate";
    public const string Pace = "pace";
    public const string Repeat = "repeat";
    public const string Rest = "rest";
    public const string Count = "count";
    public const string Exhausted = "exhausted";
    public const string Done = "done";
    private const int UnknownLine = 2;

    public static async Task<int> RunAsync(string planFile)
    {
        var plan = JsonSerializer.Deserialize<LoadPlan>(await File.ReadAllTextAsync(planFile))!;
        using var run = await LoadRun.OpenAsync(plan);
        Console.WriteLine(run.Describe());
        while (await Console.In.ReadLineAsync() is { } line)
        {
            switch (line.Split(' '))
            {
                case [Saturate]:
                    await run.SaturateAsync();
                    break;
                case [Pace, var rate] when int.TryParse(rate, out var framesPerSecond):
                    run.Pace(framesPerSecond);
                    break;
                case [Repeat]:
                    run.RepeatLast();
                    break;
                case [Rest]:
                    await run.RestAsync();
                    break;
                case [Count]:
                    Console.WriteLine(JsonSerializer.Serialize(run.Count()));
                    continue;
                case [Exhausted]:
                    Console.WriteLine(run.Exhausted);
                    continue;
                default:
                    return UnknownLine;
            }

            Console.WriteLine(Done);
        }

        return 0;
    }
}
