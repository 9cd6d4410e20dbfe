using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Earmark.Storage.History;

namespace Earmark.Storage.Influx;

/// <summary>
/// The two HTTP calls of InfluxDB, <c>/write</c> and <c>/query</c>. The credential goes into a header and nowhere else: not into the
/// address, which servers log, and not after a redirect, which is never followed.
/// </summary>
internal sealed class InfluxClient : IDisposable
{
    private const int ReasonCharacters = 300;
    private const int RowsPerChunk = 1_000;
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);
    private readonly HttpClient _http;
    private readonly InfluxOptions _options;

    public InfluxClient(InfluxOptions options)
    {
        _options = options;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectLimit,
            PooledConnectionLifetime = ConnectionLife,
            UseCookies = false,
        })
        {
            BaseAddress = new Uri(options.Url.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = options.AnswerBytes,
        };
        _http.DefaultRequestHeaders.Authorization = options.Credential?.Header;
    }

    /// <param name="policy">Retention policy; empty means the database's default.</param>
    /// <param name="precision"><c>ms</c> or <c>ns</c>.</param>
    /// <returns>False when the server left points out because they are older than its retention.</returns>
    public async Task<bool> WriteAsync(string policy, string precision, ReadOnlyMemory<byte> lines, CancellationToken cancel)
    {
        var address = $"write?db={Uri.EscapeDataString(_options.Database)}&precision={precision}";
        if (policy.Length > 0)
        {
            address += $"&rp={Uri.EscapeDataString(policy)}";
        }

        using var limit = Limit(_options.RequestLimit, cancel);
        return await AskAsync(
            async () =>
            {
                using var body = new ReadOnlyMemoryContent(lines);
                body.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
                using var answer = await _http.PostAsync(address, body, limit.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return true;
                }

                var reason = Reason(await answer.Content.ReadAsStringAsync(limit.Token));
                return answer.StatusCode == HttpStatusCode.BadRequest && reason.Contains("beyond retention policy", StringComparison.Ordinal)
                    ? false
                    : throw new InfluxRefusedException(answer.StatusCode, reason);
            },
            cancel);
    }

    /// <summary>All series of all statements; times in milliseconds, or nanoseconds where asked.</summary>
    public async Task<IReadOnlyList<InfluxSeries>> QueryAsync(string query, CancellationToken cancel, string epoch = "ms", TimeSpan? timeLimit = null)
    {
        using var limit = Limit(timeLimit ?? _options.RequestLimit, cancel);
        return await AskAsync(
            async () =>
            {
                using var body = Form(query, epoch);
                using var answer = await _http.PostAsync("query", body, limit.Token);
                return Series(answer.StatusCode, await answer.Content.ReadAsStringAsync(limit.Token));
            },
            cancel);
    }

    /// <summary>As <see cref="QueryAsync"/> for an answer too long to hold: series as the server sends them.</summary>
    public async IAsyncEnumerable<InfluxSeries> StreamAsync(string query, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var limit = Limit(_options.SweepLimit, cancel);
        using var body = Form(query, "ms", ("chunked", "true"), ("chunk_size", RowsPerChunk.ToString(CultureInfo.InvariantCulture)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "query") { Content = body };
        using var answer = await AskAsync(() => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token), cancel);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(limit.Token));
        while (await AskAsync(() => lines.ReadLineAsync(limit.Token).AsTask(), cancel) is { } line)
        {
            foreach (var series in line.Length == 0 ? [] : Series(answer.StatusCode, line))
            {
                yield return series;
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private static CancellationTokenSource Limit(TimeSpan limit, CancellationToken cancel)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        source.CancelAfter(limit);
        return source;
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancel)
    {
        try
        {
            return await ask();
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new HistoryAwayException($"InfluxDB at {_options.Url.Authority} did not answer in time.", late);
        }
        catch (Exception away) when (away is HttpRequestException or IOException and not HistoryAwayException)
        {
            throw new HistoryAwayException($"InfluxDB at {_options.Url.Authority} can't be reached: {away.Message}", away);
        }
        catch (JsonException odd)
        {
            throw new HistoryAwayException($"InfluxDB at {_options.Url.Authority} answered something else than JSON.", odd);
        }
    }

    private FormUrlEncodedContent Form(string query, string epoch, params (string Name, string Value)[] more) => new(
    [
        new("db", _options.Database), new("epoch", epoch), new("q", query), .. more.Select(field => KeyValuePair.Create(field.Name, field.Value)),
    ]);

    private static List<InfluxSeries> Series(HttpStatusCode status, string text)
    {
        if ((int)status is < 200 or >= 300)
        {
            throw new InfluxRefusedException(status, Reason(text));
        }

        var answer = JsonSerializer.Deserialize<InfluxAnswer>(text, JsonSerializerOptions.Web);
        var error = answer?.Error ?? answer?.Results?.FirstOrDefault(result => result.Error is not null)?.Error;
        return error is null
            ? [.. (answer?.Results ?? []).SelectMany(result => result.Series ?? [])]
            : throw new InfluxRefusedException(status, Cut(error));
    }

    private static string Reason(string text)
    {
        try
        {
            return Cut(JsonSerializer.Deserialize<InfluxAnswer>(text, JsonSerializerOptions.Web)?.Error ?? text);
        }
        catch (JsonException)
        {
            return Cut(text);
        }
    }

    private static string Cut(string text) => text.Length <= ReasonCharacters ? text : text[..ReasonCharacters];
}

/// <summary>The server answered, and refused.</summary>
internal sealed class InfluxRefusedException(HttpStatusCode status, string reason)
    : HistoryAwayException($"InfluxDB refused ({(int)status}): {reason}")
{
    public bool IsForbidden { get; } = status == HttpStatusCode.Forbidden;

    public bool IsDatabaseMissing { get; } = reason.Contains("database not found", StringComparison.Ordinal);

    public bool IsPolicyMissing { get; } = reason.Contains("retention policy not found", StringComparison.Ordinal);
}
