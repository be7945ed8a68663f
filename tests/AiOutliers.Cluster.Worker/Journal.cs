using System.Globalization;

namespace AiOutliers.Cluster.Worker;

/// <summary>
/// What one attempt to train a model does, line by line, <c>model milliseconds step</c>: the tests see in it when two attempts on a model overlap. A
/// file for each attempt: processes that append to one file write over each other's lines, for .NET remembers where the end was.
/// </summary>
internal sealed class Journal(string folder, string model)
{
    public string Attempt { get; } = Guid.NewGuid().ToString("N");

    public void Write(string step) => File.AppendAllText(
        Path.Combine(folder, Attempt), string.Create(CultureInfo.InvariantCulture, $"{model} {TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()} {step}\n"));
}
