using System.Reflection;
using Orleans;

namespace Earmark.Tests.Gateway.Doubles;

/// <summary>An <see cref="IGrainFactory"/> that hands out the test's own objects by grain interface and key.</summary>
public class GrainsDouble : DispatchProxy
{
    private Func<Type, string, object> _find = (type, key) => throw new InvalidOperationException($"no {type.Name} {key} in this test");

    public static IGrainFactory Of(Func<Type, string, object> find)
    {
        var factory = Create<IGrainFactory, GrainsDouble>();
        ((GrainsDouble)(object)factory)._find = find;
        return factory;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod is { Name: nameof(IGrainFactory.GetGrain), IsGenericMethod: true }
            ? _find(targetMethod.GetGenericArguments()[0], args![0]!.ToString()!)
            : throw new InvalidOperationException($"the gateway called {targetMethod?.Name}");
}
