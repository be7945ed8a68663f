using System.Runtime.CompilerServices;
using AiOutliers.Engine.Analysis.History;

namespace AiOutliers.Engine.Analysis;

/// <summary>Judges each of many series by itself, some at once, and hands the reports over in the order of the series.</summary>
public sealed class SeriesJudge(OutlierAnalyzer analyzer)
{
    /// <summary>So many reports are in memory together.</summary>
    private const int Batch = 64;

    /// <param name="series">The series.</param>
    /// <param name="request">How each is judged; its rows are put in.</param>
    /// <param name="cancellation">Gives up.</param>
    public async IAsyncEnumerable<SeriesReport> JudgeAsync(
        FetchedSeries series, AnalysisRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reports = new SeriesReport[Batch];
        for (var first = 0; first < series.Series.Count; first += Batch)
        {
            var count = Math.Min(Batch, series.Series.Count - first);
            var start = first;
            await Parallel.ForAsync(
                0, count,
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation },
                async (at, stop) => reports[at] = await OneAsync(series, start + at, request, stop));
            for (var at = 0; at < count; at++)
                yield return reports[at];
        }
    }

    private async Task<SeriesReport> OneAsync(FetchedSeries series, int index, AnalysisRequest request, CancellationToken cancellation)
    {
        var key = series.Series.Key(index);
        var table = series.Series.Table(index).Covering(series.Coverage);
        var one = request with { Table = table, AskedFrom = series.AskedFrom, Origin = $"{series.Origin}\0{key}" };
        try
        {
            var report = await analyzer.AnalyzeAsync(one, cancellation);
            return new(key, report,
                report.Reports.All(static own => own.Result.NoVerdict is not null) ? report.Reports[0].Result.NoVerdict : null);
        }
        catch (AnalysisException error)
        {
            return new(key, null, error.Message);
        }
    }
}
