using AiOutliers.Detection;

namespace AiOutliers.Models.Store;

/// <summary>The file that an object is written into. What goes wrong here is this machine's failure, not the store's.</summary>
internal sealed class LocalFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;

    /// <exception cref="AiOutliersException">It cannot be created.</exception>
    public LocalFile(string path)
    {
        _path = path;
        try
        {
            // Without a buffer, nothing is left to write when it is closed.
            _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception error) when (IsLocal(error))
        {
            throw Failure(error);
        }
    }

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <exception cref="AiOutliersException">It cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> content)
    {
        try
        {
            _file.Write(content);
            Length += content.Length;
        }
        catch (Exception error) when (IsLocal(error))
        {
            throw Failure(error);
        }
    }

    public void Dispose() => _file.Dispose();

    private static bool IsLocal(Exception error) => error is IOException or UnauthorizedAccessException;

    private AiOutliersException Failure(Exception error) =>
        new(ErrorKind.ClusterFailed, $"this machine cannot write '{Path.GetDirectoryName(_path)}': {error.Message}", error);
}
