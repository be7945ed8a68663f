using System.Buffers;

namespace AiOutliers.Monitoring.Entities;

/// <summary>
/// A look of a few microseconds at the newest buckets of a series: how far they are, alone and in sums, from the same time a week (or a
/// day) before, and from their neighbours. It gives no verdict: it says which series need the detector's. Its levels come from the series
/// itself.
/// </summary>
/// <param name="lag">The buckets of the week, or of the day.</param>
/// <param name="longest">The most buckets that are added up.</param>
internal sealed class SeriesScreen(int lag, int longest)
{
    public const int Measures = 8;

    /// <summary>A series of so few buckets is judged in less time than it would be worth to avoid.</summary>
    private const int SmallRing = 400;

    /// <summary>The longest windows of the detector are a thirtieth of a series.</summary>
    private const int LongestShare = 28;

    /// <summary>What scatters more, to both sides: three hours at five minutes.</summary>
    private const int Scatter = 36;

    /// <summary>Of ordinary buckets, so many may pass a level.</summary>
    private const double Passing = 0.01;

    /// <summary>
    /// A level is at least so many times the upper quartile: for noise without a memory 2.5 standard deviations. Alarms begin at six of one
    /// bucket, and at four of many.
    /// </summary>
    private const float LeastLevel = 2.2f;

    /// <summary>Measures of one to three buckets; those after them are of more.</summary>
    private const int ShortMeasures = 4;

    private readonly int[] _lengths = [1, 3, 12, Math.Min(48, longest), longest];

    public int Lag => lag;

    /// <summary>Buckets before those that are looked at.</summary>
    public int Reach => Math.Max(longest, Scatter);

    /// <summary>The screen for a series; null where it is known for too short a time, or short enough to be judged whole.</summary>
    /// <param name="layout">The state's.</param>
    /// <param name="known">For how many buckets the series is known.</param>
    public static SeriesScreen? For(EntityLayout layout, long known)
    {
        var longest = layout.Buckets / LongestShare;
        var (day, week) = (layout.BucketsPerDay, 7 * layout.BucketsPerDay);
        var room = Math.Min(known, layout.Buckets) - 2 * Math.Max(longest, Scatter);
        return layout.Buckets < SmallRing || room < day ? null : new(room >= week ? week : day, longest);
    }

    /// <summary>The largest of the last buckets' measures, each as a multiple of its level: of few buckets, and of many.</summary>
    /// <param name="current">The buckets that are looked at, those of the reach before them, and one more.</param>
    /// <param name="before">The buckets a lag earlier, and one more.</param>
    /// <param name="count">How many are looked at.</param>
    /// <param name="levels">The series' own.</param>
    public (float Few, float Many) Largest(ReadOnlySpan<float> current, ReadOnlySpan<float> before, int count, in ScreenLevels levels)
    {
        var sums = ArrayPool<double>.Shared.Rent(2 * current.Length);
        Add(current, before, sums);
        var (few, many) = (0f, 0f);
        Span<float> own = stackalloc float[Measures];
        for (var at = current.Length - count; at < current.Length; at++)
        {
            Measure(current, sums, at, own);
            for (var measure = 0; measure < Measures; measure++)
            {
                // A series without noise has levels of 0.
                var size = own[measure] > 0 ? own[measure] / levels[measure] : 0;
                (few, many) = measure < ShortMeasures ? (Math.Max(few, size), many) : (few, Math.Max(many, size));
            }
        }
        ArrayPool<double>.Shared.Return(sums);
        return (few, many);
    }

    /// <summary>The levels of a series.</summary>
    /// <param name="values">The whole series; NaN where missing or not ordinary.</param>
    public ScreenLevels Levels(ReadOnlySpan<float> values)
    {
        var current = values[lag..];
        var before = values[..^(lag - 1)];
        var sums = ArrayPool<double>.Shared.Rent(2 * current.Length);
        Add(current, before, sums);
        var count = current.Length - 1 - Reach;
        var all = new float[Measures][];
        for (var measure = 0; measure < Measures; measure++)
            all[measure] = new float[count];
        Span<float> own = stackalloc float[Measures];
        for (var i = 0; i < count; i++)
        {
            Measure(current, sums, current.Length - count + i, own);
            for (var measure = 0; measure < Measures; measure++)
                all[measure][i] = own[measure];
        }
        ArrayPool<double>.Shared.Return(sums);
        var levels = new ScreenLevels();
        for (var measure = 0; measure < Measures; measure++)
        {
            Array.Sort(all[measure]);
            levels[measure] = Math.Max(all[measure][(int)((1 - Passing) * (count - 1))], LeastLevel * all[measure][3 * count / 4]);
        }
        return levels;
    }

    /// <summary>Steps to the two buckets before; sums of a bucket and of some before it; the scatter of some.</summary>
    private void Measure(ReadOnlySpan<float> current, ReadOnlySpan<double> sums, int at, Span<float> own)
    {
        var squares = sums[current.Length..];
        own[0] = Step(current, at, 1);
        own[1] = Step(current, at, 2);
        for (var length = 0; length < _lengths.Length; length++)
            own[2 + length] = (float)Math.Abs(sums[at] - sums[at - _lengths[length]]);
        own[Measures - 1] = (float)(squares[at] - squares[at - Scatter]);
    }

    private static float Step(ReadOnlySpan<float> current, int at, int back)
    {
        var step = Math.Abs(current[at] - current[at - back]);
        return float.IsNaN(step) ? 0 : step;
    }

    /// <summary>
    /// Running sums of the distances from the mean of three buckets a lag before, and of their squares; none of the first.
    /// </summary>
    private static void Add(ReadOnlySpan<float> current, ReadOnlySpan<float> before, Span<double> sums)
    {
        var squares = sums[current.Length..];
        var (sum, square) = (0.0, 0.0);
        sums[0] = squares[0] = 0;
        for (var at = 1; at < current.Length; at++)
        {
            var (total, known) = (0f, 0);
            for (var j = at - 1; j <= at + 1; j++)
            {
                if (!float.IsNaN(before[j]))
                    (total, known) = (total + before[j], known + 1);
            }
            var distance = known == 0 ? float.NaN : current[at] - total / known;
            if (!float.IsNaN(distance))
                (sum, square) = (sum + distance, square + distance * distance);
            (sums[at], squares[at]) = (sum, square);
        }
    }
}
