using System.Globalization;

namespace Earmark.SystemTests.Running;

/// <summary>
/// The installed programs of PostgreSQL, run as somebody who is not root: it refuses root. A missing server fails the test that
/// asks for it; <c>./test.sh</c> installs it.
/// </summary>
internal static class PostgresPrograms
{
    private const int OldestVersion = 15;
    private const string Installed = "/usr/lib/postgresql";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>The user the servers run as when the tests run as root.</summary>
    private const string User = "postgres";

    public static Child Start(string program, params string[] arguments)
    {
        var path = Path.Combine(Newest(), program);
        return Environment.IsPrivilegedProcess
            ? Child.Start("setpriv", [$"--reuid={User}", $"--regid={User}", "--clear-groups", path, .. arguments])
            : Child.Start(path, arguments);
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task RunAsync(string program, params string[] arguments) => await EndAsync(program, Start(program, arguments));

    /// <summary>Gives what is in a folder to the user the server runs as.</summary>
    public static async Task OwnAsync(string folder)
    {
        if (Environment.IsPrivilegedProcess)
        {
            await EndAsync("chown", Child.Start("chown", ["-R", User, folder]));
        }
    }

    private static async Task EndAsync(string program, Child running)
    {
        await using var child = running;
        var code = await child.WaitAsync(Limit);
        if (code != 0)
        {
            throw new InvalidOperationException($"{program} ended with {code}.{Environment.NewLine}{child.Output}");
        }
    }

    private static string Newest()
    {
        var versions = Directory.Exists(Installed)
            ? Directory.GetDirectories(Installed)
                .Select(folder => (Folder: Path.Combine(folder, "bin"), Version: Number(Path.GetFileName(folder))))
                .Where(found => found.Version >= OldestVersion && File.Exists(Path.Combine(found.Folder, "initdb")))
                .ToArray()
            : [];
        return versions.Length > 0
            ? versions.MaxBy(found => found.Version).Folder
            : throw new InvalidOperationException($"PostgreSQL {OldestVersion} or newer is not installed under {Installed}; ./test.sh installs it.");
    }

    private static int Number(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
