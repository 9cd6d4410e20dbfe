using System.IO.Pipelines;

namespace Earmark.Gateway.Mqtt;

internal sealed class DuplexTransport(PipeReader input, PipeWriter output) : IDuplexPipe
{
    public PipeReader Input => input;

    public PipeWriter Output => output;
}
