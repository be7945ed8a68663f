using System.Runtime.CompilerServices;
using AiOutliers.Detection;
using AiOutliers.Engine.Analysis.History;

namespace AiOutliers.Engine.Analysis;

/// <summary>Judges each of many series by itself, some at once, and hands the reports over in the order of the series.</summary>
public sealed class SeriesJudge(OutlierAnalyzer analyzer)
{
    /// <summary>So many reports are in memory together, at most; of long series fewer, so that they have about so many rows.</summary>
    private const int Batch = 64, BatchRows = 100_000;

    /// <param name="series">The series.</param>
    /// <param name="request">How each is judged; its rows are put in.</param>
    /// <param name="cancellation">Gives up.</param>
    public IAsyncEnumerable<SeriesReport> JudgeAsync(FetchedSeries series, AnalysisRequest request, CancellationToken cancellation) =>
        JudgeAsync(series, request, static report => report, cancellation);

    /// <param name="series">The series.</param>
    /// <param name="request">How each is judged; its rows are put in.</param>
    /// <param name="select">What is made of each report, on several cores at once.</param>
    /// <param name="cancellation">Gives up.</param>
    public async IAsyncEnumerable<T> JudgeAsync<T>(
        FetchedSeries series, AnalysisRequest request, Func<SeriesReport, T> select,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var results = new T[Batch];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        var batch = (int)Math.Clamp(
            (long)BatchRows * series.Series.Count / Math.Max(1, series.Series.Rows), Environment.ProcessorCount, Batch);
        for (var first = 0; first < series.Count; first += batch)
        {
            var (start, count) = (first, Math.Min(batch, series.Count - first));
            // Given back between batches: whoever takes the results may be slow.
            using (await analyzer.EnterAsync(cancellation))
            {
                await Task.Run(() => Parallel.For(0, count, options, at => results[at] = select(One(start + at))), cancellation);
            }
            for (var at = 0; at < count; at++)
                yield return results[at];
        }

        SeriesReport One(int at) => Report(series, series.Order?[at] ?? at, request, cancellation);
    }

    private SeriesReport Report(FetchedSeries series, int index, AnalysisRequest request, CancellationToken cancellation)
    {
        var key = series.Series.Key(index);
        try
        {
            var one = request with { Origin = series.IdentityOf(key) };
            var report = analyzer.JudgeOne(series.Rows(index), one, series.Query, cancellation);
            return new(key, report,
                report.Reports.All(static own => own.Result.NoVerdict is not null) ? report.Reports[0].Result.NoVerdict : null);
        }
        catch (AiOutliersException error)
        {
            return new(key, null, error.Message);
        }
    }
}
