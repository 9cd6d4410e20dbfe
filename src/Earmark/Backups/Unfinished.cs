namespace Earmark.Host.Backups;

/// <summary>A folder that is filled under another name beside its place and takes it only when it is whole; else it vanishes.</summary>
internal sealed class Unfinished : IAsyncDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly string _place;
    private bool _finished;

    private Unfinished(string place)
    {
        _place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(place));
        Folder = $"{_place}.unfinished-{Guid.NewGuid():N}";
        // The Book in it holds the hashes of passwords and keys.
        Directory.CreateDirectory(Folder, OwnerOnly);
    }

    public string Folder { get; }

    public static Unfinished Beside(string place) => new(place);

    /// <summary>The place must not be there, or be empty.</summary>
    /// <exception cref="IOException">Somebody filled the place meanwhile.</exception>
    public void Finish()
    {
        if (Directory.Exists(_place))
        {
            Directory.Delete(_place);
        }

        Directory.Move(Folder, _place);
        _finished = true;
    }

    public ValueTask DisposeAsync()
    {
        if (!_finished)
        {
            Directory.Delete(Folder, recursive: true);
        }

        return ValueTask.CompletedTask;
    }
}
