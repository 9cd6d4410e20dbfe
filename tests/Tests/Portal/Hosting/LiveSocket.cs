using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Earmark.Tests.Portal.Hosting;

/// <summary>A page's socket, speaking SignalR's JSON hub protocol by hand: records end with U+001E.</summary>
public sealed class LiveSocket : IDisposable
{
    private const char RecordEnd = '\u001e';
    private const int Invocation = 1;
    private const int Completion = 3;
    private readonly ClientWebSocket socket = new();
    private readonly StringBuilder pending = new();
    private readonly byte[] buffer = new byte[64 * 1024];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<LiveSocket> OpenAsync(Uri address, string? cookie)
    {
        var live = new LiveSocket();
        if (cookie is not null)
        {
            live.socket.Options.SetRequestHeader("Cookie", cookie);
        }

        await live.socket.ConnectAsync(new Uri($"ws://{address.Authority}/live"), Cancel);
        await live.SendAsync("""{"protocol":"json","version":1}""");
        await live.RecordAsync();
        return live;
    }

    /// <summary>Answer of the hub's Listen: the start, or JSON null when refused.</summary>
    public async Task<JsonElement> ListenAsync(string topic)
    {
        await SendAsync(JsonSerializer.Serialize(new { type = Invocation, invocationId = "1", target = "Listen", arguments = new object[] { topic, 1 } }));
        var answer = await NextAsync(record => record.GetProperty("type").GetInt32() == Completion);
        Assert.False(answer.TryGetProperty("error", out var error), error.ToString());
        return answer.TryGetProperty("result", out var result) ? result : JsonSerializer.SerializeToElement<object?>(null);
    }

    /// <summary>Arguments of the next message the board sends.</summary>
    public async Task<JsonElement> MessageAsync(string target) => (await NextAsync(record =>
        record.GetProperty("type").GetInt32() == Invocation && record.GetProperty("target").GetString() == target)).GetProperty("arguments");

    private async Task<JsonElement> NextAsync(Func<JsonElement, bool> wanted)
    {
        while (true)
        {
            var record = JsonDocument.Parse(await RecordAsync()).RootElement;
            if (wanted(record))
            {
                return record;
            }
        }
    }

    private Task SendAsync(string record) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(record + RecordEnd), WebSocketMessageType.Text, endOfMessage: true, Cancel);

    private async Task<string> RecordAsync()
    {
        while (true)
        {
            var text = pending.ToString();
            var end = text.IndexOf(RecordEnd, StringComparison.Ordinal);
            if (end >= 0)
            {
                pending.Remove(0, end + 1);
                return text[..end];
            }

            var read = await socket.ReceiveAsync(buffer, Cancel);
            Assert.NotEqual(WebSocketMessageType.Close, read.MessageType);
            pending.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
        }
    }

    public void Dispose() => socket.Dispose();
}
