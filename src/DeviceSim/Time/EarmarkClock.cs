using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Earmark.DeviceSim.Time;

/// <summary>
/// Earmark's clock over HTTP: <c>GET /api/v1/clock</c> answers <c>{"now","factor","mode"}</c>,
/// <c>POST /api/v1/clock/step {"seconds":n}</c> moves it.
/// </summary>
public sealed class EarmarkClock : ISimulationClock, IDisposable
{
    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly HttpClient _http;

    /// <param name="earmark">Base address, for instance http://127.0.0.1:8080.</param>
    /// <param name="apiKey">Sent as bearer where given.</param>
    public EarmarkClock(Uri earmark, string? apiKey = null)
    {
        _http = new HttpClient { BaseAddress = earmark, Timeout = TimeSpan.FromMinutes(2), MaxResponseContentBufferSize = 64 * 1024 };
        if (apiKey is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        }
    }

    public async Task<ClockReading> ReadAsync(CancellationToken stop)
    {
        using HttpResponseMessage answer = await _http.GetAsync(new Uri("api/v1/clock", UriKind.Relative), stop);
        return await ReadAsync(answer, stop);
    }

    public async Task<ClockReading> StepAsync(int seconds, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seconds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seconds, ClockSteps.MaxSeconds);
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(new Uri("api/v1/clock/step", UriKind.Relative), new { seconds }, Shape, stop);
        answer.EnsureSuccessStatusCode();
        // What the step answers is Earmark's business; the clock itself says where it is now.
        return await ReadAsync(stop);
    }

    public void Dispose() => _http.Dispose();

    private static async Task<ClockReading> ReadAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        answer.EnsureSuccessStatusCode();
        try
        {
            return await answer.Content.ReadFromJsonAsync<ClockReading>(Shape, stop);
        }
        catch (JsonException e)
        {
            throw new HttpRequestException($"The clock's answer could not be read: {e.Message}", e);
        }
    }
}
