namespace AiOutliers.Tests.Shared;

/// <summary>A new folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("aioutliers-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
