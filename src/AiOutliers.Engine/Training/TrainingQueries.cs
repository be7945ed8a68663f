using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Training;

/// <summary>
/// The training data's queries: the traffic set at eight granularities. A model that exists is trained further on one interval, the
/// last day. A new one learns from four weeks, the last of which is kept for validation. Of the finest granularities it learns every
/// few slices only, spread over the whole time: four weeks of minutes would be nine tenths of all slices and say little that five
/// minutes do not. Its limits are measured on all rows: those of a few days know no Thursday night, and made a false alarm of each.
/// </summary>
public static class TrainingQueries
{
    /// <summary>The share of a new model's interval that is kept for validation.</summary>
    public const double ValidationShare = 0.25;

    private static readonly TimeSpan RetrainSpan = TimeSpan.FromDays(1), NewModelSpan = TimeSpan.FromDays(28);

    /// <summary>Period, and of how many days a new model learns all slices; of more days as many slices, spread evenly.</summary>
    private static readonly (string Period, double Days)[] Granularities =
    [
        ("pt1m", 4), ("pt2m", 8), ("pt5m", double.PositiveInfinity), ("pt15m", double.PositiveInfinity), ("pt30m", double.PositiveInfinity),
        ("pt1h", double.PositiveInfinity), ("pt2h", double.PositiveInfinity), ("pt8h", double.PositiveInfinity),
    ];

    /// <param name="schema">What is fetched, and where from.</param>
    /// <param name="filters">One series each; null for all rows.</param>
    /// <param name="from">Null: as long before the end as is usual.</param>
    /// <param name="to">The end.</param>
    /// <param name="isNew">Whether the model is trained from scratch.</param>
    /// <exception cref="AiOutliersException">The interval ends before it begins.</exception>
    public static IReadOnlyList<TrainingQuery> Create(
        TrafficSchema schema, IReadOnlyList<FilterSpec?> filters, DateTimeOffset? from, DateTimeOffset to, bool isNew)
    {
        var first = from ?? to - (isNew ? NewModelSpan : RetrainSpan);
        if (first >= to)
            throw new AiOutliersException(ErrorKind.BadInput, $"--from {Text(first)} is not before --to {Text(to)}");
        return [.. filters.SelectMany(filter =>
            Granularities.Select(granularity => Create(schema, filter, granularity, first, to, isNew)))];
    }

    private static TrainingQuery Create(
        TrafficSchema schema, FilterSpec? filter, (string Period, double Days) granularity, DateTimeOffset from, DateTimeOffset to,
        bool isNew)
    {
        var every = isNew ? Math.Max(1, (int)Math.Round((1 - ValidationShare) * (to - from).TotalDays / granularity.Days)) : 1;
        // Whole buckets only: a part of one looks like an outage.
        var width = Granularity.Parse(granularity.Period).Milliseconds;
        var start = DateTimeOffset.FromUnixTimeMilliseconds((from.ToUnixTimeMilliseconds() + width - 1) / width * width);
        var end = DateTimeOffset.FromUnixTimeMilliseconds(to.ToUnixTimeMilliseconds() / width * width);
        end = end > start ? end : start.AddMilliseconds(width);
        var query = new DruidQuery
        {
            QueryType = "timeseries",
            DataSource = DataSourceSpec.Table(schema.DataSource),
            Intervals = IntervalsSpec.Of(Interval(start, end)),
            Granularity = GranularitySpec.Period(granularity.Period.ToUpperInvariant()),
            Filter = filter,
        };
        return new(granularity.Period, start, end, TrafficQuery.Build(query, schema)) { Every = every };
    }

    public static string Interval(DateTimeOffset from, DateTimeOffset to) => $"{Text(from)}/{Text(to)}";

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
