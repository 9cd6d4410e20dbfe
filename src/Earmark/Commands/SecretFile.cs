namespace Earmark.Host.Commands;

/// <summary>Files that hold secrets are born with mode 0600, never widened afterwards.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Opens the file before there are secrets for it, which can't be shown again: a folder that is not there must not cost them. What an older
    /// file holds stays until then. Null, with the reason on standard error, when it can't be opened.
    /// </summary>
    public static FileStream? TryOpen(string path)
    {
        try
        {
            if (File.Exists(path))
            {
                File.SetUnixFileMode(path, OwnerOnly);
            }

            return new FileStream(path, Options(FileMode.OpenOrCreate));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Console.Error.WriteLine($"--out {path}: {e.Message}");
            return null;
        }
    }

    public static void Write(string path, string text)
    {
        if (File.Exists(path))
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }

        using var file = new StreamWriter(path, Options(FileMode.Create));
        file.WriteLine(text);
    }

    public static void AppendLine(string path, string line)
    {
        using var file = new StreamWriter(path, Options(FileMode.Append));
        file.WriteLine(line);
    }

    private static FileStreamOptions Options(FileMode mode) =>
        new() { Mode = mode, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
}
