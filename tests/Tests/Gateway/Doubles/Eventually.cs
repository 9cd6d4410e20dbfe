using Xunit;

namespace Earmark.Tests.Gateway.Doubles;

internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task BecomesTrueAsync(Func<bool> condition, string what)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(until) < Patience, $"waited in vain for {what}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
