namespace AiOutliers.Detection.Series;

/// <summary>Where a <see cref="SeriesSet"/> has its rows. Reading from several threads is safe.</summary>
public interface ISeriesRows
{
    /// <summary>Rows of all series.</summary>
    int Count { get; }

    /// <summary>What the rows take, about, in memory and outside of it.</summary>
    long Bytes { get; }

    /// <summary>The rows of one series by time; they are copied.</summary>
    MetricTable Table(int series);
}
