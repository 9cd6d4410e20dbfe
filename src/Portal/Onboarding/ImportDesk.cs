using System.IO.Pipelines;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Portal.Api.Assets;
using Earmark.Portal.Api.Devices;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Earmark.Portal.Onboarding;

/// <summary>
/// Reads a CSV file as it arrives and declares it in commands of some hundred rows. Command ids follow from the import's id and the
/// rows' numbers, so sending the same file again under the same id declares nothing twice and goes on behind what was done.
/// </summary>
public sealed class ImportDesk(IGrainFactory grains, Imports imports, TimeProvider time, ILogger<ImportDesk> log)
{
    public static readonly string[] Kinds = ["animals", "lots", "shipments", "devices"];

    /// <summary>The import when it ended; null with a reason when it could not begin. The caller has checked that the viewer may see the site.</summary>
    public async Task<(Import? Import, string Reason)> RunAsync(
        Viewer viewer, SiteRow site, string what, string importId, PipeReader body, CancellationToken cancel)
    {
        var import = new Import(importId, viewer.InstitutionId, site.SiteId, what, time.GetUtcNow());
        if (!imports.TryBegin(import, out var reason))
        {
            return (null, reason);
        }

        try
        {
            var registrar = grains.GetGrain<IRegistrarGrain>(viewer.InstitutionId);
            await (what switch
            {
                "animals" => DeclareAsync<AnimalRequest>(import, registrar, body, (id, rows) =>
                    new DeclareAnimals(id, viewer.Name, [.. rows.Select(row => row.ToDeclaration())]), cancel),
                "lots" => DeclareAsync<LotRequest>(import, registrar, body, (id, rows) =>
                    new DeclareLots(id, viewer.Name, [.. rows.Select(row => row.ToDeclaration())]), cancel),
                "shipments" => DeclareAsync<ShipmentRequest>(import, registrar, body, (id, rows) =>
                    new DeclareShipments(id, viewer.Name, [.. rows.Select(row => row.ToDeclaration())]), cancel),
                "devices" => EnrolAsync(import, registrar, viewer, body, cancel),
                _ => throw new ArgumentOutOfRangeException(nameof(what)),
            });
            import.State = import.StoppedBecause is null ? ImportState.Finished : ImportState.Stopped;
        }
        catch (Exception ended)
        {
            import.State = ImportState.Interrupted;
            log.LogWarning(ended, "Import {Import} was interrupted after {Rows} rows", importId, import.RowsRead);
            throw;
        }

        return (import, "");
    }

    private static async Task DeclareAsync<T>(
        Import import, IRegistrarGrain registrar, PipeReader body, Func<string, IEnumerable<T>, SiteCommand> command, CancellationToken cancel)
        where T : class, IChecked
    {
        var chunk = new List<ImportRow<T>>(PortalLimits.ImportRowsPerCommand);
        var chunks = new ImportChunks<T>(import, registrar, command);
        await foreach (var row in ImportRows.ReadAsync<T>(import, body, PortalLimits.ImportRows, [], cancel))
        {
            chunk.Add(row);
            if (chunk.Count == PortalLimits.ImportRowsPerCommand)
            {
                await chunks.DeclareAsync(chunk);
                chunk.Clear();
            }
        }

        await chunks.DeclareAsync(chunk);
    }

    private static async Task EnrolAsync(Import import, IRegistrarGrain registrar, Viewer viewer, PipeReader body, CancellationToken cancel)
    {
        await foreach (var row in ImportRows.ReadAsync<DeviceRequest>(import, body, PortalLimits.ImportDevices, [("site", import.SiteId)], cancel))
        {
            if (row.Request.Site != import.SiteId)
            {
                import.Refuse(row.Line, "other-site", $"The import is for {import.SiteId}.");
                continue;
            }

            var made = await registrar.AddDevice(row.Request.ToOrder($"{import.ImportId}-{row.Line}", viewer.Name));
            if (made.Accepted)
            {
                import.Accepted++;
                import.Enrolled.Add(DeviceEnrolled.Of(made));
            }
            else
            {
                import.Refuse(row.Line, made.Reason ?? "refused", made.Detail ?? "");
            }
        }
    }
}
