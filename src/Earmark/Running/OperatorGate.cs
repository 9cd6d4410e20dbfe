using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Earmark.Host.Running;

/// <summary>
/// Who may read what is meant for the operator's tools: with a token in <c>EARMARK_METRICS_TOKEN</c> whoever shows it, else this machine only, and
/// not through a proxy, which makes everybody look like this machine.
/// </summary>
internal sealed class OperatorGate(string? token)
{
    private readonly string? token = string.IsNullOrEmpty(token) ? null : token;
    private const string Variable = "EARMARK_METRICS_TOKEN";
    private const string Scheme = "Bearer ";
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    public static OperatorGate FromEnvironment() => new(Environment.GetEnvironmentVariable(Variable));

    public Task PassAsync(HttpContext context, RequestDelegate next)
    {
        if (MayPass(context))
        {
            return next(context);
        }

        context.Response.StatusCode = token is null ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private bool MayPass(HttpContext context)
    {
        if (token is null)
        {
            return context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
                && !ProxyHeaders.Any(context.Request.Headers.ContainsKey);
        }

        var shown = context.Request.Headers.Authorization.ToString();
        return shown.StartsWith(Scheme, StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown[Scheme.Length..]), Encoding.UTF8.GetBytes(token));
    }
}
