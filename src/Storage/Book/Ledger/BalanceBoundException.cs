using System.Data.Common;

namespace Earmark.Storage.Book;

/// <summary>A transfer would have taken a balance out of its bounds; the database refused it and nothing of it stands.</summary>
public sealed class BalanceBoundException : Exception
{
    private const string Said = "balance out of bounds";

    public BalanceBoundException()
    {
    }

    public BalanceBoundException(string message)
        : base(message)
    {
    }

    public BalanceBoundException(string message, Exception inner)
        : base(message, inner)
    {
    }

    internal static bool IsSaidBy(DbException failure) => failure.Message.Contains(Said, StringComparison.Ordinal);

    /// <summary>The same work, its refusal by the bounds told by name.</summary>
    internal static async Task<T> Naming<T>(Task<T> work, string what)
    {
        try
        {
            return await work;
        }
        catch (DbException failure) when (IsSaidBy(failure))
        {
            throw new BalanceBoundException($"{what} would take a balance out of its bounds.", failure);
        }
    }
}
