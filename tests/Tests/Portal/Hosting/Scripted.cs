using System.Reflection;

namespace Earmark.Tests.Portal.Hosting;

/// <summary>
/// A fake of an interface made of answers by method name. A method nobody gave an answer for throws, so a test cannot
/// pass on a call it did not foresee.
/// </summary>
public class Scripted<T> : DispatchProxy
    where T : class
{
    private readonly Dictionary<string, Func<object?[], object?>> answers = [];

    public List<(string Method, object?[] Arguments)> Calls { get; } = [];

    public T Object => (T)(object)this;

    public Scripted<T> On(string method, Func<object?[], object?> answer)
    {
        answers[method] = answer;
        return this;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var name = targetMethod!.Name;
        lock (Calls)
        {
            Calls.Add((name, args ?? []));
        }

        return answers.TryGetValue(name, out var answer)
            ? Later(targetMethod.ReturnType, answer(args ?? []))
            : throw new NotSupportedException($"{typeof(T).Name}.{name} was not expected");
    }

    // A real grain or store never answers before the caller has gone on, so neither does this one.
    private static object? Later(Type type, object? answer)
    {
        var kind = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var later = kind == typeof(Task<>) ? nameof(LaterTask) : kind == typeof(ValueTask<>) ? nameof(LaterValueTask) : null;
        return later is null ? answer : typeof(Scripted<T>).GetMethod(later, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [answer]);
    }

    private static async Task<TAnswer> LaterTask<TAnswer>(Task<TAnswer> answer)
    {
        await Task.Delay(1);
        return await answer;
    }

    private static ValueTask<TAnswer> LaterValueTask<TAnswer>(ValueTask<TAnswer> answer) => new(LaterTask(answer.AsTask()));
}

public static class Scripted
{
    public static Scripted<T> Of<T>()
        where T : class => (Scripted<T>)(object)DispatchProxy.Create<T, Scripted<T>>();
}
