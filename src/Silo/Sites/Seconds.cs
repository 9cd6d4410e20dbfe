namespace Earmark.Silo.Sites;

/// <summary>Instants in columns: whole Unix seconds, rounded down, 0 for never; good until 2106, later than any frame's time may be.</summary>
internal static class Seconds
{
    public const int Minute = 60;
    public const int Day = 86_400;

    public static uint Of(DateTimeOffset at) => (uint)Math.Clamp(at.ToUnixTimeSeconds(), 0, uint.MaxValue);

    public static uint Of(DateTimeOffset? at) => at is { } known ? Of(known) : 0;

    public static DateTimeOffset At(uint second) => DateTimeOffset.FromUnixTimeSeconds(second);

    public static DateTimeOffset? AtOrNever(uint second) => second == 0 ? null : At(second);
}
