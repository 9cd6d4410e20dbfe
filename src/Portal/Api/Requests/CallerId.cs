using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Earmark.Portal.Api.Requests;

/// <summary>
/// The id a caller made before its first try, so that a repetition is answered with the first result: the header
/// <c>Idempotency-Key</c> or the body's <c>id</c>. Without either one is made and returned.
/// </summary>
public readonly record struct CallerId(string? Header) : IChecked
{
    public const string HeaderName = "Idempotency-Key";

    public string Or(string? bodyId) => Header ?? bodyId ?? Guid.NewGuid().ToString("N");

    public Complaint? Check() => Rule.CallerId(Header, HeaderName);

    public static ValueTask<CallerId> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var header = context.Request.Headers[HeaderName].ToString();
        return new ValueTask<CallerId>(new CallerId(header.Length == 0 ? null : header));
    }
}
