namespace Earmark.Host.Running;

/// <summary>One process per data folder: the second is told so instead of corrupting the first one's files.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    /// <summary>Null, with what to do about it, when another process holds the folder or it can't be used at all.</summary>
    public static FolderLock? TryTake(string dataFolder, out string reason)
    {
        reason = $"Another Earmark runs on {dataFolder}. Stop it, or give another --data.";
        try
        {
            Directory.CreateDirectory(dataFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = $"{dataFolder} can't be used: {e.Message} Give another --data.";
            return null;
        }

        try
        {
            var path = Path.Combine(dataFolder, "earmark.lock");
            return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            reason = $"{dataFolder} can't be used: {e.Message} Give another --data.";
            return null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => file.Dispose();
}
