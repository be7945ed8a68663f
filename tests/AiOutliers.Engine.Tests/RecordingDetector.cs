using System.Collections.Concurrent;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Tests;

/// <summary>Flags values above a limit, and remembers the tables that it was given.</summary>
internal sealed class RecordingDetector(double limit) : IDetector
{
    public ConcurrentBag<MetricTable> Tables { get; } = [];

    public string Name => "recording";

    public DetectionResult Detect(MetricTable table, string metric, CancellationToken cancellation = default, int firstAsked = 0)
    {
        Tables.Add(table);
        var values = table.Column(metric).ToArray();
        return new() { Scores = new double[values.Length], Anomalies = Array.ConvertAll(values, value => value > limit), Expected = values };
    }
}
