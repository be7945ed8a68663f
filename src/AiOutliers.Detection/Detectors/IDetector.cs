using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors;

/// <summary>
/// One contract for every detector: a table of metrics in, one score and verdict per row out. Implementations hold no state between calls
/// and may be called from many threads at once; the same table gives the same result.
/// </summary>
public interface IDetector
{
    /// <summary>The registered id, the same in the configuration, the command line, the HTTP interface and the documents.</summary>
    string Name { get; }

    /// <param name="table">The rows; missing values are NaN.</param>
    /// <param name="metric">The metric that the verdict and the expected values are about.</param>
    /// <param name="cancellation">Stops a long run.</param>
    /// <param name="firstAsked">Rows before this one get no reason: nobody asks for it.</param>
    /// <exception cref="AiOutliersException">The data cannot be judged by this detector; the message says what it needs.</exception>
    DetectionResult Detect(MetricTable table, string metric, CancellationToken cancellation = default, int firstAsked = 0);
}
