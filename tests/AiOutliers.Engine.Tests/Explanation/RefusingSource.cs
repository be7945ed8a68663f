using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;

namespace AiOutliers.Engine.Tests.Explanation;

/// <summary>A source that refuses some queries, as a cluster does whose limits they reach.</summary>
internal sealed class RefusingSource(IDruidSource source, Func<string, bool> refuses) : IDruidSource
{
    public const string Words = "Resource limit exceeded";

    public Task<MetricTable> QueryAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        source.QueryAsync(Allowed(query), cancellation);

    public Task<SeriesSet> SeriesAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        source.SeriesAsync(Allowed(query), cancellation);

    public Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        source.AnswerAsync(Allowed(query), cancellation);

    private ReadOnlyMemory<byte> Allowed(ReadOnlyMemory<byte> query) =>
        refuses(Encoding.UTF8.GetString(query.Span)) ? throw new AiOutliersException(ErrorKind.BadInput, Words) : query;
}
