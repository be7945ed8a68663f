using System.Net;
using AiOutliers.Engine.Evaluation;
using static System.FormattableString;

namespace AiOutliers.Service.Evaluation.Report;

/// <summary>One page without outside resources: the means, what is published, and the series drawn, the worst first.</summary>
internal sealed class HtmlReport(EvaluationSummary summary, Evaluator evaluator, LabelledReader reader)
{
    /// <summary>So many series make a page that a browser scrolls easily: about 1 MB per detector.</summary>
    private const int MaxDrawn = 60;

    /// <summary>More results than this are only in the CSV.</summary>
    private const int MaxListed = 2000;

    private readonly IReadOnlyList<LabelledFile> _files = summary.WorstFirst();

    private readonly FiguresTable _table = new(summary.Published);

    private int _drawn;

    /// <summary>The share of the series that is drawn so far.</summary>
    public double Share => (double)Volatile.Read(ref _drawn) / Math.Min(MaxDrawn, _files.Count);

    public async Task WriteAsync(TextWriter page, CancellationToken cancellation)
    {
        page.Write("""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">""");
        page.Write("""<meta name="viewport" content="width=device-width, initial-scale=1">""");
        page.WriteLine("<title>How well the detectors do</title><style>");
        page.Write(ReadStyle());
        page.WriteLine("</style></head><body><h1>How well the detectors do</h1>");
        page.Write(Invariant($"""<p class="muted">{_files.Count} labelled series, {Encode(string.Join(", ", summary.Judges))}. """));
        page.WriteLine("Higher is better, except for false events and milliseconds.</p>");
        WriteMeans(page);
        WriteRanking(page);
        WriteList(page);
        await WriteDrawingsAsync(page, cancellation);
        page.WriteLine("</body></html>");
    }

    private void WriteMeans(TextWriter page)
    {
        page.WriteLine("<h2>Means</h2>");
        _table.Write(page, ["series of"], summary.Groups().SelectMany(group => group.Means.Select(mean =>
            new FiguresLine([Encode($"{group.Name} ({group.Size})")], mean.Judge, mean.Mean))));
    }

    private void WriteRanking(TextWriter page)
    {
        var ranking = summary.Ranking();
        if (ranking.Count == 0)
            return;
        var best = Math.Max(ranking[0].VusPr, double.Epsilon);
        page.Write("<h2>Beside what is published</h2>");
        page.WriteLine("""<p class="muted">Mean VUS-PR over the series that are published.</p><div class="ranking">""");
        foreach (var (name, ours, value) in ranking)
        {
            var who = ours ? " ours" : "";
            // 3.5rem are for the number.
            var width = Invariant($"calc((100% - 3.5rem) * {value / best:F3})");
            page.Write($"""<span class="{who}">{Encode(name)}</span>""");
            page.WriteLine(Invariant($"""<span class="{who}"><span class="bar{who}" style="width:{width}"></span>{value:F3}</span>"""));
        }
        page.WriteLine("</div>");
    }

    private void WriteList(TextWriter page)
    {
        var count = summary.Rows.Count;
        var others = count > MaxListed ? Invariant($" (the first {MaxListed} of {count}; the others are in the CSV of --output)") : "";
        page.WriteLine($"<h2>Series</h2><details><summary>All figures, the worst series first{others}</summary>");
        var rows = summary.Rows.ToLookup(row => row.File);
        var lines = _files.SelectMany((file, at) => rows[file].Select(row => new FiguresLine(
            [at < MaxDrawn ? $"<a href=\"#s{at}\">{Encode(file.Name)}</a>" : Encode(file.Name)], row.Judge, row.Figures, file)));
        _table.Write(page, ["series"], lines.Take(MaxListed));
        page.WriteLine("</details>");
    }

    private async Task WriteDrawingsAsync(TextWriter page, CancellationToken cancellation)
    {
        var firstJudge = summary.Judges.FirstOrDefault();
        var detectors = summary.Rows.Select(row => row.Detector).Distinct().ToArray();
        var leftOut = _files.Count - MaxDrawn;
        var drawn = leftOut > 0 ? Invariant($" The worst {MaxDrawn} of {_files.Count} series are drawn, {leftOut} are left out.") : "";
        page.Write($"""<p class="muted">By the VUS-PR of {Encode(firstJudge ?? "")}, lowest first; """);
        page.WriteLine($"series without a label last.{drawn}</p>");
        var onLine = detectors.Length > 1 ? $" (on the line: by {Encode(detectors[0])})" : "";
        page.Write("""<p class="legend"><span><i class="value"></i>series</span><span><i class="label"></i>labelled anomalous</span>""");
        page.WriteLine($"""<span><i class="flag"></i>flagged{onLine}</span><span><i class="area"></i>score, from 0</span></p>""");
        var rows = summary.Rows.ToLookup(row => row.File);
        foreach (var (at, file) in _files.Take(MaxDrawn).Index())
        {
            var series = reader.Read(file);
            page.WriteLine(Invariant($"""<section id="s{at}"><h3>{Encode(file.Name)}</h3>"""));
            _table.Write(page, [], rows[file].Select(row => new FiguresLine([], row.Judge, row.Figures, file)));
            SeriesPanels.Write(page, new SeriesDrawing(series), await evaluator.JudgeAsync(series, cancellation));
            page.WriteLine("</section>");
            Interlocked.Increment(ref _drawn);
        }
    }

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
