namespace Earmark.Tests.Storage;

/// <summary>A data folder that goes with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("earmark-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
