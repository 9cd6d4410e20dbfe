namespace Earmark.Bench.Report;

/// <summary>One figure of the table.</summary>
/// <param name="What">What was measured, with its unit.</param>
/// <param name="Load">Under which load; <see cref="SameRun"/> for that of the row above.</param>
/// <param name="Goal">At most this; null for a figure that only explains another.</param>
internal sealed record Row(string What, string Load, double Figure, double? Goal = null)
{
    public const string SameRun = "same run";

    public string Verdict => Goal is not { } goal ? "" : Figure <= goal ? "ok" : "short";
}
