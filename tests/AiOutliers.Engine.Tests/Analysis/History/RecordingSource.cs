using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Tests.Analysis.History;

/// <summary>A data source that remembers for which time it was asked for many series, and for one.</summary>
internal sealed class RecordingSource(IDruidSource source) : IDruidSource
{
    public List<string> Many { get; } = [];

    public List<string> One { get; } = [];

    public Task<MetricTable> QueryAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default)
    {
        One.AddRange(DruidQuery.Parse(query.Span).Intervals!.Texts());
        return source.QueryAsync(query, cancellation);
    }

    public Task<SeriesSet> SeriesAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default)
    {
        Many.AddRange(DruidQuery.Parse(query.Span).Intervals!.Texts());
        return source.SeriesAsync(query, cancellation);
    }

    public Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        source.AnswerAsync(query, cancellation);
}
