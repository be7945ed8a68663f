using AiOutliers.Detection.Series;
using AiOutliers.Druid;

namespace AiOutliers.Monitoring.Tests.Entities;

/// <summary>Answers as another source does, and counts the rows of many series.</summary>
internal sealed class CountedRows(IDruidSource source) : IDruidSource
{
    public int Rows { get; set; }

    public Task<MetricTable> QueryAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        source.QueryAsync(query, cancellation);

    public async Task<SeriesSet> SeriesAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default)
    {
        var series = await source.SeriesAsync(query, cancellation);
        Rows += series.Rows;
        return series;
    }

    public Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        source.AnswerAsync(query, cancellation);
}
