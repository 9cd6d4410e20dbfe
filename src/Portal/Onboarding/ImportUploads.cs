using System.IO.Pipelines;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Earmark.Portal.Onboarding;

/// <summary>
/// Imports a file posted by a page. The request's own copy ends with the request, so the file is kept aside until its
/// import ends; the page that shows progress reads <see cref="Imports"/> meanwhile.
/// </summary>
public sealed class ImportUploads(ImportDesk desk, Imports imports, ILogger<ImportUploads> log)
{
    // Long enough to refuse what cannot begin, short enough that nobody waits for a long file.
    private static readonly TimeSpan BeginsWithin = TimeSpan.FromSeconds(2);

    /// <summary>The import, running or ended; null with a reason when it could not begin. Devices are waited for: their secrets are in this answer only.</summary>
    public async Task<(Import? Import, string Reason)> StartAsync(Viewer viewer, SiteRow site, string what, string importId, IFormFile file, CancellationToken cancel)
    {
        var kept = await KeepAsync(file, cancel);
        var run = RunAsync(viewer, site, what, importId, kept);
        if (what == "devices")
        {
            return await run;
        }

        await Task.WhenAny(run, Task.Delay(BeginsWithin, cancel));
        return run.IsCompleted ? await run : (imports.Find(viewer.InstitutionId, importId), "unavailable");
    }

    private async Task<(Import? Import, string Reason)> RunAsync(Viewer viewer, SiteRow site, string what, string importId, FileStream kept)
    {
        await using (kept)
        {
            try
            {
                return await desk.RunAsync(viewer, site, what, importId, PipeReader.Create(kept), CancellationToken.None);
            }
            catch (Exception interrupted)
            {
                // The desk has marked it interrupted; sending the file again under its id goes on where it was.
                log.LogWarning(interrupted, "Import {Import} of a posted file was interrupted", importId);
                return (imports.Find(viewer.InstitutionId, importId), "unavailable");
            }
        }
    }

    private static async Task<FileStream> KeepAsync(IFormFile file, CancellationToken cancel)
    {
        var path = Path.Combine(Path.GetTempPath(), $"earmark-import-{Guid.NewGuid():N}.csv");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var kept = new FileStream(path, options);
        await file.CopyToAsync(kept, cancel);
        kept.Position = 0;
        return kept;
    }
}
