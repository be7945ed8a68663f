using System.Runtime.InteropServices;
using AiOutliers.Detection;

namespace AiOutliers.Druid.Files;

/// <summary>
/// Rows that do not fit into memory, in a temporary file of the user's own, which the system removes when the process ends, however it
/// ends.
/// It is written in runs: in each, the rows of a series stand together, the series in their order.
/// </summary>
internal sealed class RowFile
{
    private const int BufferBytes = 1 << 20;

    private readonly List<List<long>> _runs = [];
    private readonly FileStream _file;
    private List<long> _starts = [];
    private long _length;

    public RowFile()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = BufferBytes,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = Guarded(() => new FileStream(path, options));
        // Without a name nothing is left behind by a process that is killed.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
    }

    /// <summary>Writes what there is of the next series.</summary>
    /// <exception cref="AiOutliersException">The disk is full.</exception>
    public void Write(ReadOnlySpan<long> rows)
    {
        _starts.Add(_length);
        try
        {
            _file.Write(MemoryMarshal.AsBytes(rows));
        }
        catch (IOException error)
        {
            throw Full(error);
        }
        _length += rows.Length;
    }

    /// <summary>Ends a run.</summary>
    public void End()
    {
        _starts.Add(_length);
        _runs.Add(_starts);
        _starts = new(_starts.Count);
        Guarded(() => { _file.Flush(); return 0; });
    }

    /// <summary>How much there is of a series.</summary>
    public int LengthOf(int series) => checked((int)_runs.Where(run => series < run.Count - 1).Sum(run => run[series + 1] - run[series]));

    /// <summary>Reads all of a series. Several threads may read at once.</summary>
    public int Read(int series, Span<long> rows)
    {
        var at = 0;
        foreach (var run in _runs)
        {
            if (series >= run.Count - 1)
                continue;
            var length = (int)(run[series + 1] - run[series]);
            ReadAll(MemoryMarshal.AsBytes(rows.Slice(at, length)), run[series] * sizeof(long));
            at += length;
        }
        return at;
    }

    private void ReadAll(Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            var read = RandomAccess.Read(_file.SafeFileHandle, bytes, offset);
            if (read == 0)
                throw new EndOfStreamException();
            bytes = bytes[read..];
            offset += read;
        }
    }

    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Full(error);
        }
    }

    private static AiOutliersException Full(Exception error) => new(ErrorKind.BadInput,
        $"the file does not fit into memory, and the temporary folder {Path.GetTempPath()} does not take it: {error.Message}; "
            + "TMPDIR names another", error);
}
