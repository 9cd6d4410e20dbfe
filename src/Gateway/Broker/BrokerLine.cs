using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Exceptions;

namespace Earmark.Gateway.Broker;

/// <summary>Messages of one connection to the broker in the order they came: each is acknowledged when it and all before it are safe.</summary>
internal sealed class BrokerLine
{
    private readonly Channel<Message> _line = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true });

    public Message Enter(MqttApplicationMessageReceivedEventArgs received)
    {
        Message message = new(received);
        _line.Writer.TryWrite(message);
        return message;
    }

    /// <summary>Acknowledges until the connection ends. What is not acknowledged then comes again.</summary>
    public async Task AcknowledgeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _line.Reader.ReadAllAsync(cancellationToken))
            {
                await message.Safe.WaitAsync(cancellationToken);
                await message.Received.AcknowledgeAsync(cancellationToken);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or MqttCommunicationException or ObjectDisposedException or InvalidOperationException)
        {
            return;
        }
    }

    /// <summary>One message, and whether it may be acknowledged.</summary>
    internal sealed class Message(MqttApplicationMessageReceivedEventArgs received)
    {
        private readonly TaskCompletionSource _safe = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public MqttApplicationMessageReceivedEventArgs Received => received;

        public Task Safe => _safe.Task;

        public void IsSafe() => _safe.TrySetResult();
    }
}
