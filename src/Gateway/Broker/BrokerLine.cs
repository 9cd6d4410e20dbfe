using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Exceptions;

namespace Earmark.Gateway.Broker;

/// <summary>Messages of one connection to the broker in the order they came: each is acknowledged when it and all before it are safe.</summary>
/// <param name="over">The end of that connection.</param>
internal sealed class BrokerLine(CancellationToken over)
{
    private readonly Channel<Message> _line = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true });

    public Message Enter(MqttApplicationMessageReceivedEventArgs received)
    {
        Message message = new(received, over);
        _line.Writer.TryWrite(message);
        return message;
    }

    /// <summary>Acknowledges until the connection ends. What is not acknowledged then comes again.</summary>
    public async Task AcknowledgeAsync()
    {
        try
        {
            await foreach (var message in _line.Reader.ReadAllAsync(over))
            {
                await message.Safe.WaitAsync(over);
                await message.Received.AcknowledgeAsync(over);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or MqttCommunicationException or ObjectDisposedException or InvalidOperationException)
        {
            return;
        }
    }

    /// <summary>One message, and whether it may be acknowledged.</summary>
    internal sealed class Message(MqttApplicationMessageReceivedEventArgs received, CancellationToken over)
    {
        private readonly TaskCompletionSource _safe = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public MqttApplicationMessageReceivedEventArgs Received => received;

        public Task Safe => _safe.Task;

        /// <summary>Its connection is over: the broker sends it again.</summary>
        public bool IsOver => over.IsCancellationRequested;

        public void IsSafe() => _safe.TrySetResult();
    }
}
