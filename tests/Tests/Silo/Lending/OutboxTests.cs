using System.Net;
using System.Net.Sockets;
using System.Text;
using Earmark.Silo.Lending.Outbox;
using Earmark.Storage.Book;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Earmark.Tests.Silo.Lending;

public sealed class OutboxTests
{
    [Fact]
    public async Task An_event_reaches_each_sink_once_though_one_of_them_fails_at_first()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Ranch(bank);
        await CallAsync(ranch);
        var good = new Recorder("good", failures: 0);
        var bad = new Recorder("bad", failures: 2);
        var time = new LaterTime();
        using var delivery = new OutboxDelivery(bank.Service<IOutbox>(), [good, bad], time, NullLogger<OutboxDelivery>.Instance);

        Assert.Equal(1, await delivery.DeliverDueAsync(Bank.Cancel));
        Assert.Equal(0, await delivery.DeliverDueAsync(Bank.Cancel));
        time.Ahead = TimeSpan.FromSeconds(3);
        Assert.Equal(1, await delivery.DeliverDueAsync(Bank.Cancel));
        time.Ahead = TimeSpan.FromSeconds(10);
        Assert.Equal(1, await delivery.DeliverDueAsync(Bank.Cancel));
        time.Ahead = TimeSpan.FromDays(1);
        Assert.Equal(0, await delivery.DeliverDueAsync(Bank.Cancel));

        Assert.Equal(["facility-1-call"], good.Taken.Select(row => row.EventId[..15]));
        Assert.Single(bad.Taken);
        Assert.Equal(0, await bank.Service<IOutbox>().PendingAsync(Bank.Cancel));
    }

    [Fact]
    public async Task A_mail_is_one_readable_message_in_both_languages()
    {
        await using var bank = await Bank.OpenAsync();
        await CallAsync(new Ranch(bank));
        var sinks = bank.Service<IEnumerable<IEventSink>>();
        using var delivery = new OutboxDelivery(bank.Service<IOutbox>(), sinks, TimeProvider.System, NullLogger<OutboxDelivery>.Instance);
        var happened = (await bank.Service<IOutbox>().TakeAsync(1, TimeProvider.System.GetUtcNow(), TimeSpan.Zero, Bank.Cancel)).Single();
        await delivery.DeliverDueAsync(Bank.Cancel);
        await sinks.Single().DeliverAsync(happened, Bank.Cancel);

        var file = Assert.Single(Directory.GetFiles(Path.Combine(bank.Folder, "mail")));
        var message = await File.ReadAllTextAsync(file, Bank.Cancel);
        var parts = message.Split("\r\n\r\n", 2);
        Assert.All(message.Split("\r\n"), line => Assert.True(line.Length <= 78 && line.All(char.IsAscii)));
        Assert.Contains($"Message-ID: <{happened.EventId.Replace('/', '.')}@earmark.local>", parts[0], StringComparison.Ordinal);
        var body = Encoding.UTF8.GetString(Convert.FromBase64String(parts[1].Replace("\r\n", "", StringComparison.Ordinal)));
        Assert.Contains("补仓通知", body, StringComparison.Ordinal);
        Assert.Contains("Margin call", body, StringComparison.Ordinal);
        Assert.Contains("dead-presumed: 30", body, StringComparison.Ordinal);
        Assert.Contains(Ranch.Animal(39), body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_is_signed_over_its_time_and_body()
    {
        using var listener = new HttpListener();
        var port = FreePort();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        using var sink = new WebhookSink(new WebhookOptions(new Uri($"http://127.0.0.1:{port}/hook"), "a secret of some length"), TimeProvider.System);
        var happened = new OutboxRow("call-1/opened", "demo-bank", "margin-call-opened", "facility-1", """{"a":"补仓"}""", DateTimeOffset.UnixEpoch, 0, "");
        var delivering = sink.DeliverAsync(happened, Bank.Cancel);

        var context = await listener.GetContextAsync().WaitAsync(Bank.Cancel);
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(Bank.Cancel);
        var headers = context.Request.Headers;
        context.Response.StatusCode = 204;
        context.Response.Close();
        await delivering;
        Assert.Equal(happened.Body, body);
        Assert.Equal("call-1/opened", headers["Earmark-Event-Id"]);
        Assert.Equal($"v1={WebhookSink.Sign("a secret of some length", headers["Earmark-Timestamp"]!, body)}", headers["Earmark-Signature"]);
    }

    [Fact]
    public async Task A_receiver_that_says_no_has_not_taken_it()
    {
        using var listener = new HttpListener();
        var port = FreePort();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        using var sink = new WebhookSink(new WebhookOptions(new Uri($"http://127.0.0.1:{port}/"), "a secret of some length"), TimeProvider.System);
        var delivering = sink.DeliverAsync(new OutboxRow("e-1", "demo-bank", "k", "s", "{}", default, 0, ""), Bank.Cancel);
        var context = await listener.GetContextAsync().WaitAsync(Bank.Cancel);
        context.Response.StatusCode = 503;
        context.Response.Close();
        await Assert.ThrowsAsync<HttpRequestException>(() => delivering);
    }

    [Theory]
    [InlineData("http://example.com/hook", "a secret of some length")]
    [InlineData("ftp://127.0.0.1/hook", "a secret of some length")]
    [InlineData("https://user:pass@example.com/hook", "a secret of some length")]
    [InlineData("https://example.com/hook", "short")]
    public void A_webhook_that_would_leak_is_refused_at_the_start(string url, string secret) =>
        Assert.Throws<ArgumentException>(() => new WebhookSink(new WebhookOptions(new Uri(url), secret), TimeProvider.System));

    [Fact]
    public void Retries_come_further_apart_up_to_a_limit()
    {
        Assert.Equal([2, 4, 8], Enumerable.Range(0, 3).Select(tries => (int)OutboxDelivery.RetryAfter(tries).TotalSeconds));
        Assert.Equal(TimeSpan.FromMinutes(10), OutboxDelivery.RetryAfter(int.MaxValue));
    }

    private static async Task CallAsync(Ranch ranch)
    {
        await ranch.OpenAsync();
        await ranch.Report(100);
        Assert.True((await ranch.Draw("d-1", 800_000)).Accepted);
        await ranch.Report(70, [.. Enumerable.Range(10, 30)]);
        await ranch.Settled();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private sealed class Recorder(string name, int failures) : IEventSink
    {
        private int left = failures;

        public List<OutboxRow> Taken { get; } = [];

        public string Name => name;

        public Task DeliverAsync(OutboxRow happened, CancellationToken cancel)
        {
            if (left-- > 0)
            {
                throw new HttpRequestException("not now");
            }

            Taken.Add(happened);
            return Task.CompletedTask;
        }
    }

    private sealed class LaterTime : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }
}
