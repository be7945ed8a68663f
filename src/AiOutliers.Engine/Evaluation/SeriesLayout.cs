namespace AiOutliers.Engine.Evaluation;

/// <summary>How a file holds a labelled series.</summary>
public enum SeriesLayout
{
    /// <summary>
    /// <c>timestamp,value</c>, with the labelled windows of all files in one <c>combined_windows.json</c>: the Numenta Anomaly Benchmark.
    /// </summary>
    Nab,

    /// <summary><c>Data,Label</c>, rows without timestamps: TSB-AD.</summary>
    TsbAd,

    /// <summary><c>timestamp,value,label</c>.</summary>
    Own,
}
