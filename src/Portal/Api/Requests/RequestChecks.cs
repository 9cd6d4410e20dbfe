using Earmark.Portal.Http;
using Microsoft.AspNetCore.Http;

namespace Earmark.Portal.Api.Requests;

/// <summary>Asks every argument of an endpoint whether it is right; the first complaint answers 400 with its path.</summary>
internal sealed class RequestChecks : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            var complaint = argument switch
            {
                IChecked single => Prefixed("$", single.Check()),
                IReadOnlyList<IChecked> many => CheckAll(many),
                _ => null,
            };
            if (complaint is { } wrong)
            {
                return new ValueTask<object?>(Problems.Invalid(wrong.Detail, wrong.Path));
            }
        }

        return next(context);
    }

    private static Complaint? CheckAll(IReadOnlyList<IChecked> many)
    {
        if (many.Count is 0 or > PortalLimits.DeclarationsPerRequest)
        {
            return new Complaint("$", $"The array has 1 to {PortalLimits.DeclarationsPerRequest} items; larger amounts go through an import.");
        }

        for (var index = 0; index < many.Count; index++)
        {
            // The array's type says that no item is null; what was read says otherwise.
            var complaint = (IChecked?)many[index] is { } item ? item.Check() : new Complaint("", "It is null.");
            if (Prefixed($"$[{index}]", complaint) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private static Complaint? Prefixed(string root, Complaint? complaint) => complaint is not { } said ? null
        : said.Path == CallerId.HeaderName ? said
        : said with { Path = said.Path.Length == 0 ? root : $"{root}.{said.Path}" };
}
