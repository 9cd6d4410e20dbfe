namespace Earmark.Host.Commands;

/// <summary>Files that hold secrets are born with mode 0600, never widened afterwards.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

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
