namespace AiOutliers.Druid.Embedded;

/// <summary>The time that a query asks for and that has rows.</summary>
internal sealed class CoveredTime
{
    /// <summary>A year at one minute, and some more.</summary>
    private const int MostBuckets = 600_000;

    private readonly TimeBuckets _buckets;

    /// <param name="intervals">What the query asks for.</param>
    /// <param name="segments">The first and last row's time of every day that has rows.</param>
    /// <param name="buckets">The query's granularity.</param>
    public CoveredTime(IReadOnlyList<Interval> intervals, IReadOnlyList<Interval> segments, TimeBuckets buckets)
    {
        _buckets = buckets;
        Parts = [.. Cover(intervals, segments)];
        OfAll = Parts.Count > 0 ? Math.Max(intervals[0].Start, Parts[0].Start) : intervals[0].Start;
    }

    /// <summary>The parts of the intervals between the first and last row of each day, the ends inside.</summary>
    public IReadOnlyList<Interval> Parts { get; }

    /// <summary>The time of the one row of granularity all: the interval's start, or the first row's time where that is later.</summary>
    public long OfAll { get; }

    /// <summary>The starts of all buckets that Druid would answer with when it fills the empty ones, in order.</summary>
    public List<long> AllBuckets()
    {
        var expected = _buckets.Width > 0 ? Parts.Sum(part => (part.End - part.Start) / _buckets.Width + 2) : 0;
        var starts = new List<long>((int)Math.Min(MostBuckets, expected));
        foreach (var part in Parts)
        {
            for (var start = _buckets.StartOf(part.Start); start <= part.End; start = _buckets.After(start))
            {
                if (starts.Count == 0 || start > starts[^1])
                    starts.Add(start);
                if (starts.Count > MostBuckets)
                    throw TooManyBuckets();
            }
        }
        return starts;
    }

    private static Detection.AiOutliersException TooManyBuckets() =>
        Unsupported.Wrong($"it has more than {MostBuckets} buckets; choose a coarser granularity or set skipEmptyBuckets");

    private IEnumerable<Interval> Cover(IReadOnlyList<Interval> intervals, IReadOnlyList<Interval> segments)
    {
        foreach (var interval in intervals)
        {
            foreach (var segment in segments)
            {
                var part = new Interval(Math.Max(interval.Start, segment.Start), Math.Min(interval.End - 1, segment.End));
                // The last bucket reaches to its own end, which may lie behind the last row.
                var reach = _buckets.IsAll ? segment.End : _buckets.After(_buckets.StartOf(segment.End)) - 1;
                if (part.Start <= Math.Min(interval.End - 1, reach))
                    yield return part with { End = Math.Max(part.Start, Math.Min(interval.End - 1, reach)) };
            }
        }
    }
}
