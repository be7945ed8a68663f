using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Autoencoder;

/// <summary>
/// What a model is trained on: slices of complete rows that never span two tables, a gap left by unusable rows, or the moment that separates the
/// validation part from what comes before it.
/// </summary>
public sealed class TrainingData
{
    private TrainingData(AutoencoderProfile profile, List<MetricTable> training, List<MetricTable> validation, int leftOut)
    {
        (TrainingRuns, ValidationRuns, LeftOutRows) = (training, validation, leftOut);
        (Training, Validation) = (Gather(training, profile), Gather(validation, profile));
    }

    /// <summary>The training slices: (n, rows, columns), row-major.</summary>
    public ReadOnlyMemory<float> Training { get; }

    /// <summary>The validation slices, all of them later than any of the training slices; may be empty.</summary>
    public ReadOnlyMemory<float> Validation { get; }

    /// <summary>Unbroken rows that the training slices come from.</summary>
    public IReadOnlyList<MetricTable> TrainingRuns { get; }

    /// <summary>Unbroken rows that the validation slices come from.</summary>
    public IReadOnlyList<MetricTable> ValidationRuns { get; }

    /// <summary>Rows that lacked a metric or were excluded.</summary>
    public int LeftOutRows { get; }

    /// <param name="profile">The model's columns and slices.</param>
    /// <param name="tables">One per response; they may be of different granularities and overlap in time.</param>
    /// <param name="excluded">Rows not to learn from, as anomalies, by table and row.</param>
    /// <param name="validationShare">The last share of the time that all tables cover together, from 0 to below 1, is kept for validation.</param>
    /// <exception cref="AiOutliersException">A metric is missing altogether, or nothing is left to train on; the message says how much is needed.</exception>
    public static TrainingData Prepare(AutoencoderProfile profile, IReadOnlyList<MetricTable> tables, Func<MetricTable, int, bool> excluded, double validationShare)
    {
        var (training, validation) = (new List<MetricTable>(), new List<MetricTable>());
        var (longest, leftOut) = (0, 0);
        var cut = Cut(tables, validationShare);
        foreach (var table in tables)
        {
            FeatureMatrix.CheckMetrics(table, profile);
            foreach (var (start, count) in CompleteRuns(table, profile, excluded, ref leftOut))
            {
                var before = Math.Clamp(FirstFrom(table.Times, cut) - start, 0, count);
                longest = Math.Max(longest, before);
                if (before >= profile.SliceRows)
                    training.Add(table.Slice(start, before));
                if (count - before >= profile.SliceRows)
                    validation.Add(table.Slice(start + before, count - before));
            }
        }
        if (training.Count == 0)
        {
            throw new AiOutliersException(ErrorKind.BadInput,
                $"training needs at least {profile.SliceRows} complete rows of one granularity one after another; the longest run has {longest}, {leftOut} rows were left out. "
                + "Ask for a longer interval or a finer granularity");
        }
        return new(profile, training, validation, leftOut);
    }

    /// <summary>The time from which rows belong to the validation part.</summary>
    private static long Cut(IReadOnlyList<MetricTable> tables, double share)
    {
        var known = tables.Where(static table => table.Rows > 0).ToArray();
        if (share <= 0 || known.Length == 0)
            return long.MaxValue;
        var (first, last) = (known.Min(static table => table.Times[0]), known.Max(static table => table.Times[^1]));
        return last - (long)(share * (last - first));
    }

    private static int FirstFrom(ReadOnlySpan<long> times, long time)
    {
        var at = times.BinarySearch(time);
        return at < 0 ? ~at : at;
    }

    private static List<(int Start, int Count)> CompleteRuns(MetricTable table, AutoencoderProfile profile, Func<MetricTable, int, bool> excluded, ref int leftOut)
    {
        var runs = new List<(int, int)>();
        var start = 0;
        for (var row = 0; row <= table.Rows; row++)
        {
            if (row < table.Rows && IsComplete(table, profile, row) && !excluded(table, row))
                continue;
            leftOut += row < table.Rows ? 1 : 0;
            if (row > start)
                runs.Add((start, row - start));
            start = row + 1;
        }
        return runs;
    }

    private static bool IsComplete(MetricTable table, AutoencoderProfile profile, int row)
    {
        foreach (var metric in profile.Metrics)
        {
            if (metric != FeatureMatrix.Granularity && double.IsNaN(table.Column(metric)[row]))
                return false;
        }
        return true;
    }

    private static float[] Gather(List<MetricTable> runs, AutoencoderProfile profile)
    {
        var slices = runs.ConvertAll(run => new Slices(run.Rows, profile.SliceRows, profile.WindowSize));
        var size = profile.SliceRows * profile.Columns;
        var gathered = new float[slices.Sum(static slice => slice.Count) * size];
        var at = 0;
        for (var run = 0; run < runs.Count; run++)
        {
            slices[run].Gather(FeatureMatrix.Build(runs[run], profile), profile.Columns, slices[run].All(), gathered.AsSpan(at));
            at += slices[run].Count * size;
        }
        return gathered;
    }
}
