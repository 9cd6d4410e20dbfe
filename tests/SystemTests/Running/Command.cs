namespace Earmark.SystemTests.Running;

/// <summary>One call of the <c>earmark</c> program that ends by itself.</summary>
internal static class Command
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        await using var child = Child.Earmark(arguments);
        var code = await child.WaitAsync(Limit);
        return (code, child.Output);
    }
}
