using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>
/// What a model is trained on: slices of complete rows that never span two tables, a gap left by unusable rows, or the moment that
/// separates the validation part from what comes before it.
/// </summary>
public sealed class TrainingData
{
    private long _cut;

    private TrainingData(
        AutoencoderProfile profile, List<(MetricTable Run, int Every)> training, List<(MetricTable Run, int Every)> validation, int leftOut)
    {
        (TrainingRuns, ValidationRuns, LeftOutRows) =
            ([.. training.Select(static part => part.Run)], [.. validation.Select(static part => part.Run)], leftOut);
        (Training, Validation) = (Gather(training, profile), Gather(validation, profile));
    }

    /// <summary>The training slices: (n, rows, columns), row-major.</summary>
    public ReadOnlyMemory<float> Training { get; }

    /// <summary>The validation slices, all of them later than any of the training slices; may be empty.</summary>
    public ReadOnlyMemory<float> Validation { get; }

    /// <summary>Unbroken rows that the training slices come from; the slices may leave some of them out.</summary>
    public IReadOnlyList<MetricTable> TrainingRuns { get; }

    /// <summary>Unbroken rows that the validation slices come from.</summary>
    public IReadOnlyList<MetricTable> ValidationRuns { get; }

    /// <summary>
    /// Runs with short holes of unusable rows, whose values are missing in them: slices that reach across such a hole are ordinary too,
    /// and detection meets them.
    /// </summary>
    public IReadOnlyList<MetricTable> RunsAcrossHoles { get; private init; } = [];

    /// <summary>Rows that lacked a metric or were excluded.</summary>
    public int LeftOutRows { get; }

    /// <summary>The row of a series from which rows belong to the validation part.</summary>
    public int FirstValidationRow(MetricTable table) => table.RowFrom(_cut);

    /// <param name="profile">The model's columns and slices.</param>
    /// <param name="tables">One per response; they may be of different granularities and overlap in time.</param>
    /// <param name="excluded">Rows not to learn from, as anomalies, by table and row.</param>
    /// <param name="validationShare">
    /// The last share of the time that all tables cover together, from 0 to below 1, is kept for validation.
    /// </param>
    /// <param name="every">Of a table, every so many slices are taken, in training as in validation; null takes all.</param>
    /// <exception cref="AiOutliersException">A metric is missing altogether, or nothing is left to train on; the message says how much
    /// is needed.</exception>
    public static TrainingData Prepare(
        AutoencoderProfile profile, IReadOnlyList<MetricTable> tables,
        Func<MetricTable, int, bool> excluded, double validationShare, Func<MetricTable, int>? every = null)
    {
        var (training, validation) = (new List<(MetricTable, int)>(), new List<(MetricTable, int)>());
        var across = new List<MetricTable>();
        var (longest, leftOut) = (0, 0);
        var cut = Cut(tables, validationShare);
        foreach (var table in tables)
        {
            FeatureMatrix.CheckMetrics(table, profile);
            var runs = CompleteRuns(table, profile, excluded, ref leftOut);
            across.AddRange(AcrossHoles(table, runs, profile.WindowSize));
            foreach (var (start, count) in runs)
            {
                var before = Math.Clamp(table.RowFrom(cut) - start, 0, count);
                longest = Math.Max(longest, before);
                if (before >= profile.SliceRows)
                    training.Add((table.Slice(start, before), every?.Invoke(table) ?? 1));
                if (count - before >= profile.SliceRows)
                    validation.Add((table.Slice(start + before, count - before), every?.Invoke(table) ?? 1));
            }
        }
        if (training.Count == 0)
        {
            throw new AiOutliersException(ErrorKind.BadInput,
                $"training needs at least {profile.SliceRows} complete rows of one granularity one after another; "
                + $"the longest run has {longest}; left out: {Counted.Of(leftOut, "row")}. "
                + "Ask for a longer interval or a finer granularity");
        }
        return new(profile, training, validation, leftOut) { _cut = cut, RunsAcrossHoles = across };
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

    private static List<(int Start, int Count)> CompleteRuns(
        MetricTable table, AutoencoderProfile profile, Func<MetricTable, int, bool> excluded, ref int leftOut)
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

    /// <param name="table">The series.</param>
    /// <param name="runs">Its usable rows.</param>
    /// <param name="longest">Of a hole, in rows: of a longer one, most of a slice would be missing.</param>
    private static IEnumerable<MetricTable> AcrossHoles(MetricTable table, List<(int Start, int Count)> runs, int longest)
    {
        for (var first = 0; first < runs.Count;)
        {
            var last = first;
            while (last + 1 < runs.Count && runs[last + 1].Start - runs[last].Start - runs[last].Count <= longest)
                last++;
            if (last > first)
                yield return Without(table, runs[first..(last + 1)]);
            first = last + 1;
        }
    }

    private static MetricTable Without(MetricTable table, List<(int Start, int Count)> runs)
    {
        var start = runs[0].Start;
        var part = table.Slice(start, runs[^1].Start + runs[^1].Count - start);
        return part.With(part.Metrics.ToDictionary(static metric => metric, metric =>
        {
            var values = new double[part.Rows];
            Array.Fill(values, double.NaN);
            foreach (var run in runs)
                part.Column(metric).Slice(run.Start - start, run.Count).CopyTo(values.AsSpan(run.Start - start));
            return values;
        }, StringComparer.Ordinal));
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

    private static float[] Gather(List<(MetricTable Run, int Every)> runs, AutoencoderProfile profile)
    {
        var slices = runs.ConvertAll(part => new Slices(part.Run.Rows, profile.SliceRows, profile.WindowSize));
        var which = runs.Zip(slices, static (part, all) => all.All().Where(slice => slice % part.Every == 0).ToArray()).ToArray();
        var size = profile.SliceRows * profile.Columns;
        var gathered = new float[which.Sum(static taken => taken.Length) * size];
        var at = 0;
        for (var run = 0; run < runs.Count; run++)
        {
            slices[run].Gather(FeatureMatrix.Build(runs[run].Run, profile), profile.Columns, which[run], gathered.AsSpan(at));
            at += which[run].Length * size;
        }
        return gathered;
    }
}
