using System.Runtime.CompilerServices;

namespace Earmark.Host.Commands;

internal static class Items
{
    /// <summary>The item itself, or with '-' the non-empty lines of standard input.</summary>
    public static async IAsyncEnumerable<string> ReadAsync(string item, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (item != "-")
        {
            yield return item;
            yield break;
        }

        while (await Console.In.ReadLineAsync(cancel) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return line;
            }
        }
    }
}
