using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Analysis.Many;

/// <summary>How large an answer will be, as its query tells before anybody is asked.</summary>
/// <param name="Buckets">Buckets of the asked time; 0 when the query does not tell.</param>
/// <param name="Metrics">Results of each bucket.</param>
internal readonly record struct SeriesSize(long Buckets, int Metrics)
{
    /// <summary>So many series are nothing unusual: only where they would be too many, they are counted first.</summary>
    private const int UsualSeries = 1000;

    private const long Most = SeriesSetBuilder.MostValues;

    public static SeriesSize Of(DruidQuery query)
    {
        var (step, from, until) = QueryBuckets.CoverageOf(query);
        var buckets = step > 0 && until > from ? (until.Value - from.Value + step - 1) / step : 0;
        return new(buckets, Math.Max(1, (query.Aggregations?.Count ?? 0) + (query.PostAggregations?.Count ?? 0)));
    }

    /// <summary>Whether it has to be known how many series there are.</summary>
    public bool IsLargeForMany => Buckets > 0 && Buckets * Metrics > Most / UsualSeries;

    /// <summary>The most series that can be read.</summary>
    public int MostSeries => (int)Math.Min(int.MaxValue - 1, Buckets == 0 ? Most : Most / (Buckets * Metrics));

    /// <summary>How many rows of history there is room for.</summary>
    public int RoomBefore(int series) => (int)Math.Clamp(Most / ((long)Math.Max(1, series) * Metrics) - Buckets, 0, int.MaxValue);

    /// <exception cref="AiOutliersException">They are too many to be read at once.</exception>
    public void Check(long series, string orMore = "")
    {
        if (series <= MostSeries)
            return;
        throw new AiOutliersException(ErrorKind.BadInput, string.Create(CultureInfo.InvariantCulture,
            $"{series:N0} series{orMore} of {Buckets:N0} buckets with {Counted.Of(Metrics, "result")} are "
                + $"{(decimal)series * Buckets * Metrics:N0} values, and at most {Most:N0} are read at once; "
                + $"ask for a shorter interval, a coarser granularity, fewer metrics or fewer series (top)"));
    }
}
