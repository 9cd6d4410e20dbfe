using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Earmark.Contracts.Time;
using Earmark.Host.Running;

namespace Earmark.Host.Commands;

/// <summary>
/// What an option of <c>earmark run</c> may be: told with the usage before anything is opened. The text is looked at, not the value: asking for
/// the value of what is no number throws.
/// </summary>
internal static class RunChecks
{
    public static void AddRange(Option<int> option, int low, int high) => Add(
        option,
        text => !int.TryParse(text, CultureInfo.InvariantCulture, out var value) || (value >= low && value <= high),
        $"{option.Name} must be {low} to {high}.");

    // NaN fits no comparison, so what is allowed is asked for, not what is not.
    public static void AddSpeed(Option<double?> option) => Add(
        option,
        text => !double.TryParse(text, CultureInfo.InvariantCulture, out var value) || value is > 0 and <= RunOptions.MaximumSpeed,
        $"{option.Name} must be above 0 and at most {RunOptions.MaximumSpeed}.");

    public static void AddWebhook(Option<string?> option) => Add(
        option,
        text => Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            && url.UserInfo.Length == 0,
        $"{option.Name} goes to https, or to http on this machine, and carries no credentials.");

    /// <summary>Which options do not go together; null when all do.</summary>
    public static string? Clash(RunOptions options) =>
        options.Port == options.MqttPort ? "--port and --mqtt-port need different ports."
        : options.MqttTls is { } tls && (tls.Port == options.Port || tls.Port == options.MqttPort) ? "--mqtt-tls-port needs a port of its own."
        : options.Speed is not (null or 1) && options.Mode is ClockMode.Real or ClockMode.Stepped
            ? $"--speed has no meaning with --clock {options.Mode.ToString()!.ToLowerInvariant()}: a speed makes the clock scaled."
        : null;

    private static void Add(Option option, Func<string, bool> isRight, string wrong) => option.Validators.Add((OptionResult result) =>
    {
        if (result.Tokens is [var token] && !isRight(token.Value))
        {
            result.AddError(wrong);
        }
    });
}
