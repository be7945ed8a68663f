namespace AiOutliers.Engine.Evaluation;

/// <summary>Means of the results: what is printed and what the report begins with.</summary>
public sealed class EvaluationSummary(IReadOnlyList<EvaluationRow> rows, PublishedTable? published)
{
    public IReadOnlyList<EvaluationRow> Rows => rows;

    public PublishedTable? Published => published;

    /// <summary>
    /// The judges (detectors and their scores), in the order of the results. A series that could not be judged at all makes none.
    /// </summary>
    public IReadOnlyList<string> Judges { get; } = [.. rows.Where(row => row.Score != "").Select(row => row.Judge).Distinct()];

    /// <summary>
    /// The means of every group of series: the folders, where there are several, those that are published and those that are not, and all.
    /// </summary>
    public IReadOnlyList<EvaluationGroup> Groups()
    {
        var groups = new List<EvaluationGroup>();
        var folders = rows.GroupBy(row => row.File.Group).ToArray();
        if (folders.Length > 1)
            groups.AddRange(folders.Select(folder => Group(folder.Key, folder)));
        if (published is not null)
        {
            groups.Add(Group("published", rows.Where(row => published.Of(row.File) is not null)));
            groups.Add(Group("not published", rows.Where(row => published.Of(row.File) is null)));
        }
        groups.Add(Group("all", rows));
        return groups;
    }

    /// <summary>The mean VUS-PR over the series that are published, of the judges and of the methods, best first.</summary>
    public IReadOnlyList<(string Name, bool Ours, double VusPr)> Ranking()
    {
        if (published is null)
            return [];
        var common = rows.Where(row => published.Of(row.File) is not null && double.IsFinite(row.Figures.VusPr)).ToArray();
        var files = common.Select(row => row.File).Distinct().ToArray();
        if (files.Length == 0)
            return [];
        var ours = common.GroupBy(row => row.Judge).Select(judge => (judge.Key, true, judge.Average(row => row.Figures.VusPr)));
        var theirs = published.Methods.Select((method, i) => (method, false, files.Average(file => published.Of(file)![i])));
        return [.. ours.Concat(theirs).OrderByDescending(entry => entry.Item3)];
    }

    /// <summary>The series from the one on which the first judge does worst; those without a label last, by false events.</summary>
    public IReadOnlyList<LabelledFile> WorstFirst() => [.. rows.GroupBy(row => row.File).Select(series => series.First())
        .OrderBy(row => double.IsNaN(row.Figures.VusPr))
        .ThenBy(row => row.Figures.VusPr)
        .ThenByDescending(row => row.Figures.FalseEventsPerDay)
        .Select(row => row.File)];

    private EvaluationGroup Group(string name, IEnumerable<EvaluationRow> members)
    {
        var all = members.ToArray();
        var means = Judges.Select(judge =>
            (judge, EvaluationFigures.Mean([.. all.Where(row => row.Judge == judge).Select(row => row.Figures)])));
        return new(name, Count(all), Count(all.Where(row => double.IsFinite(row.Figures.EventRecall))), [.. means]);
    }

    private static int Count(IEnumerable<EvaluationRow> rows) => rows.Select(row => row.File).Distinct().Count();
}
