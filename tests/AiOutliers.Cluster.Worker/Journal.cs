using System.Globalization;

namespace AiOutliers.Cluster.Worker;

/// <summary>What all worker processes do, line by line, <c>attempt model milliseconds step</c>: the tests see in it when two attempts on a model overlap.</summary>
internal sealed class Journal(string path, string model)
{
    private readonly string _attempt = Guid.NewGuid().ToString("N");

    public string Attempt => _attempt;

    /// <summary>One write per line, at the end of the file: lines of several processes do not mix.</summary>
    public void Write(string step)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{_attempt} {model} {TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()} {step}\n");
        using var journal = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        journal.Write(System.Text.Encoding.ASCII.GetBytes(line));
    }
}
