using Microsoft.AspNetCore.Http.Metadata;

namespace Earmark.Portal.Api.Requests;

/// <summary>The largest body an endpoint reads; routing sets it on the connection before anything is read.</summary>
internal sealed class BodyLimit(long bytes) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytes;
}
