using AiOutliers.Detection.Series;
using AiOutliers.Druid;

namespace AiOutliers.Engine.Analysis.Many;

/// <summary>A data source that is left as soon as an answer has more series than are judged at once.</summary>
internal sealed class LimitedSource(IDruidSource source, int mostSeries) : IDruidSource
{
    public Task<MetricTable> QueryAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        source.QueryAsync(query, cancellation);

    public Task<SeriesSet> SeriesAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        source.SeriesAsync(query, mostSeries, cancellation);

    public Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        source.AnswerAsync(query, cancellation);
}
