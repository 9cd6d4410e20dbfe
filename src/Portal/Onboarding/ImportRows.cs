using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Earmark.Portal.Api.Requests;

namespace Earmark.Portal.Onboarding;

internal readonly record struct ImportRow<T>(int Line, T Request);

/// <summary>Rows that read well; the others are counted on the import with their line and reason.</summary>
internal static class ImportRows
{
    public static async IAsyncEnumerable<ImportRow<T>> ReadAsync<T>(
        Import import, PipeReader body, int rowsMaximum, (string Member, string Value)[] given, [EnumeratorCancellation] CancellationToken cancel)
        where T : class, IChecked
    {
        CsvRows<T>? rows = null;
        await foreach (var line in CsvLines.ReadAsync(body, cancel))
        {
            if (rows is null)
            {
                if ((rows = CsvRows<T>.TryHeader(line.Text, given, out var wrong)) is null)
                {
                    import.StoppedBecause = wrong;
                    yield break;
                }

                continue;
            }

            if (line.Text is { Length: 0 })
            {
                continue;
            }

            if (import.RowsRead == rowsMaximum || import.Refused >= PortalLimits.ImportRefusalsMaximum)
            {
                import.StoppedBecause = import.RowsRead == rowsMaximum
                    ? $"More than {rowsMaximum} rows; the rest was not read."
                    : $"More than {PortalLimits.ImportRefusalsMaximum} rows were refused; the rest was not read.";
                yield break;
            }

            import.RowsRead++;
            if (rows.TryRow(line.Text, out var complaint) is { } request)
            {
                yield return new ImportRow<T>(line.Number, request);
            }
            else
            {
                import.Refuse(line.Number, "invalid-row", complaint);
            }
        }

        if (rows is null)
        {
            import.StoppedBecause = "The file is empty.";
        }
    }
}
