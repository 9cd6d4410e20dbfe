using System.CommandLine;

namespace Earmark.Host.Commands;

/// <summary><c>earmark health URL</c>: 0 when it answers well. For supervisors in images that hold nothing else.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    public static Command Create()
    {
        var url = new Argument<string>("url") { Description = "http://127.0.0.1:PORT/health/ready or …/health/live." };
        var command = new Command("health", "Asks a process of Earmark how it is.") { url };
        command.SetAction(async (parsed, cancel) =>
        {
            if (!Uri.TryCreate(parsed.GetValue(url), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                await Console.Error.WriteLineAsync("The address is http://…/health/ready.");
                return 2;
            }

            using var client = new HttpClient { Timeout = Patience };
            try
            {
                using var answer = await client.GetAsync(address, cancel);
                Console.WriteLine(await answer.Content.ReadAsStringAsync(cancel));
                return answer.IsSuccessStatusCode ? 0 : 1;
            }
            catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException)
            {
                await Console.Error.WriteLineAsync($"No answer: {silent.Message}");
                return 1;
            }
        });
        return command;
    }
}
