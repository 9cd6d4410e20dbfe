using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Portal.Api.Requests;

namespace Earmark.Portal.Onboarding;

/// <summary>
/// Declares rows together; what is refused is halved until the row at fault is found, so one bad row costs its neighbours
/// nothing and is told with its line.
/// </summary>
internal sealed class ImportChunks<T>(Import import, IRegistrarGrain registrar, Func<string, IEnumerable<T>, SiteCommand> command)
    where T : class, IChecked
{
    public async Task DeclareAsync(IReadOnlyList<ImportRow<T>> rows)
    {
        var waiting = new Stack<ArraySegment<ImportRow<T>>>();
        waiting.Push(new ArraySegment<ImportRow<T>>([.. rows]));
        while (waiting.TryPop(out var part))
        {
            if (part.Count == 0)
            {
                continue;
            }

            var receipt = await registrar.Declare(import.SiteId, command($"{import.ImportId}-{part[0].Line}-{part.Count}", part.Select(row => row.Request)));
            if (receipt.Accepted)
            {
                import.Accepted += part.Count;
            }
            else if (part.Count == 1 || import.Refused >= PortalLimits.ImportRefusalsMaximum)
            {
                foreach (var row in part)
                {
                    import.Refuse(row.Line, receipt.Reason ?? "refused", receipt.Detail ?? "");
                }
            }
            else
            {
                // The later half waits: rows are declared in the file's order.
                waiting.Push(part[(part.Count / 2)..]);
                waiting.Push(part[..(part.Count / 2)]);
            }
        }
    }
}
