using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;

namespace AiOutliers.Tests.Shared.Detectors;

/// <summary>A detector for tests: flags values above a limit; its main score is the value, a further one the row's number. Refuses short series.</summary>
internal sealed class LabelDetector(double limit) : IDetector
{
    public const int RowsNeeded = 100;

    public string Name => "label";

    public DetectionResult Detect(MetricTable table, string metric, CancellationToken cancellation = default, int firstAsked = 0)
    {
        if (table.Rows < RowsNeeded)
            throw new AiOutliersException(ErrorKind.BadInput, $"{RowsNeeded} rows are needed");
        var values = table.Column(metric).ToArray();
        return new()
        {
            ScoreName = "height",
            Scores = Array.ConvertAll(values, value => double.IsNaN(value) ? 0 : Math.Max(0, value)),
            OtherScores = [new NamedScore("age", [.. Enumerable.Range(0, values.Length).Select(row => (double)row)])],
            Anomalies = Array.ConvertAll(values, value => value > limit),
            Expected = values,
        };
    }
}
