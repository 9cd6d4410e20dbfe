using System.CommandLine;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Earmark.Host.Commands;

/// <summary><c>earmark device add</c>: enrols a device through the API; its secrets are shown once.</summary>
internal static class DeviceCommand
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true };

    public static Command Create()
    {
        var kind = new Option<string>("--kind") { Required = true, Description = "ear-tag, base-station, tmr-feeder, warehouse-scale or gps-node." };
        var site = new Option<string>("--site") { Required = true };
        var id = new Option<string>("--id") { Required = true, Description = "1–16 of a–z, 0–9 and '-'; for an ear tag its 15-digit number." };
        var zone = new Option<string>("--zone") { Description = "Pen, zone or vehicle it covers.", DefaultValueFactory = _ => "" };
        var simulated = new Option<bool>("--simulated");
        var output = new Option<string?>("--out") { Description = "Writes the answer to a file (mode 0600) instead of the screen." };
        var api = ApiOptions.Create();
        var add = new Command("add", "Adds a device and prints its credentials, once.") { kind, site, id, zone, simulated, output, api.Url, api.Key, api.Data };
        add.SetAction(async (parsed, cancel) =>
        {
            using var client = api.Connect(parsed);
            var path = parsed.GetValue(output);
            await using var file = client is null || path is null ? null : SecretFile.TryOpen(path);
            if (client is null || (path is not null && file is null))
            {
                return 2;
            }

            var order = new
            {
                kind = parsed.GetValue(kind),
                site = parsed.GetValue(site),
                deviceId = parsed.GetValue(id),
                zone = parsed.GetValue(zone),
                simulated = parsed.GetValue(simulated),
            };
            var code = await ApiOptions.AskAsync(async () =>
            {
                using var answer = await client.PostAsJsonAsync("api/v1/devices", order, cancel);
                return await ReportAsync(answer, file, cancel);
            });
            if (code != 0 && file is { Length: 0 })
            {
                File.Delete(file.Name);
            }

            return code;
        });
        return new Command("device", "Devices of a running Earmark.") { add };
    }

    private static async Task<int> ReportAsync(HttpResponseMessage answer, FileStream? output, CancellationToken cancel)
    {
        var text = await answer.Content.ReadAsStringAsync(cancel);
        if (!answer.IsSuccessStatusCode)
        {
            await Console.Error.WriteLineAsync(ApiOptions.Explain(answer, text));
            return 1;
        }

        var json = JsonNode.Parse(text)!.ToJsonString(Written);
        if (output is null)
        {
            Console.WriteLine(json);
            return 0;
        }

        output.SetLength(0);
        await output.WriteAsync(Encoding.UTF8.GetBytes(json + "\n"), CancellationToken.None);
        Console.WriteLine($"Credentials written to {output.Name}; they can't be shown again.");
        return 0;
    }
}
