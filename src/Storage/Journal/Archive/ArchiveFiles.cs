using System.Runtime.InteropServices;
using System.Text;

namespace Earmark.Storage.Journal;

/// <summary>Gives a finished file its name so that a power cut can't take the name away again: what it holds is about to be deleted elsewhere.</summary>
internal static class ArchiveFiles
{
    private const int ReadOnly = 0;

    /// <param name="written">Its bytes are on disk.</param>
    /// <exception cref="IOException">The name may not be on disk.</exception>
    public static void Keep(string written, string path)
    {
        File.Move(written, path, overwrite: true);
        if (OperatingSystem.IsWindows())
        {
            // There a name is on disk with the file.
            return;
        }

        // A folder has no handle in .NET; on disk is what fsync(2) of the folder says.
        var folder = open([.. Encoding.UTF8.GetBytes(Path.GetDirectoryName(Path.GetFullPath(path))!), 0], ReadOnly);
        var kept = folder >= 0 && fsync(folder) == 0;
        if (folder >= 0)
        {
            _ = close(folder);
        }

        if (!kept)
        {
            throw new IOException($"The folder of {path} could not be brought to disk.");
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int file);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int file);
}
