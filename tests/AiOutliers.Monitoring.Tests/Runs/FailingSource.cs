using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;

namespace AiOutliers.Monitoring.Tests.Runs;

/// <summary>Answers as another source does, but when it is told to fail.</summary>
internal sealed class FailingSource(IDruidSource source) : IDruidSource
{
    /// <summary>What answers.</summary>
    public IDruidSource Source { get; set; } = source;

    /// <summary>The words of the failure; null: it answers.</summary>
    public string? Failure { get; set; }

    public Task<MetricTable> QueryAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        Checked(Source.QueryAsync, query, cancellation);

    public Task<SeriesSet> SeriesAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        Checked(Source.SeriesAsync, query, cancellation);

    public Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        Checked(Source.AnswerAsync, query, cancellation);

    private Task<T> Checked<T>(
        Func<ReadOnlyMemory<byte>, CancellationToken, Task<T>> answer, ReadOnlyMemory<byte> query, CancellationToken cancellation) =>
        Failure is { } words ? Task.FromException<T>(new AiOutliersException(ErrorKind.SourceFailed, words)) : answer(query, cancellation);
}
