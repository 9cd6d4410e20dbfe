using Earmark.Tests.Portal.Hosting;

namespace Earmark.Tests.Portal.Pages;

/// <summary>Answers that come later, as real ones do: a page that counts on them at once fails here and not at the bank.</summary>
internal static class ScriptedAnswers
{
    /// <summary>A grain's method answers that value, each time with a task of its own.</summary>
    public static Scripted<T> Gives<T, TAnswer>(this Scripted<T> grain, string method, TAnswer answer)
        where T : class => grain.On(method, _ => new ValueTask<TAnswer>(LaterAsync(answer)));

    /// <summary>A store's method answers that value.</summary>
    public static Scripted<T> Reads<T, TAnswer>(this Scripted<T> store, string method, TAnswer answer)
        where T : class => store.On(method, _ => LaterAsync(answer));

    private static async Task<TAnswer> LaterAsync<TAnswer>(TAnswer answer)
    {
        await Task.Delay(1);
        return answer;
    }
}
