using AiOutliers.Detection;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid;

/// <summary>What answers Druid's native queries: a broker, or the embedded engine.</summary>
public interface IDruidSource
{
    /// <param name="query">A native query, UTF-8 JSON.</param>
    /// <param name="cancellation">Gives the query up.</param>
    /// <exception cref="AiOutliersException">
    /// The query was refused, failed, or was not answered in time; the message has the source's own words.
    /// </exception>
    Task<MetricTable> QueryAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default);

    /// <summary>
    /// Many series out of one answer: of a groupBy or topN query one for each combination of its dimensions' values, of
    /// a timeseries query one. The answer is read as it arrives.
    /// </summary>
    /// <param name="query">A native query, UTF-8 JSON.</param>
    /// <param name="cancellation">Gives the query up.</param>
    /// <exception cref="AiOutliersException">
    /// The query was refused, failed, or was not answered in time; the message has the source's own words.
    /// </exception>
    Task<SeriesSet> SeriesAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default);

    /// <summary>The same, given up as soon as there are more series than that. A source that cannot stop reads all.</summary>
    /// <param name="query">A native query, UTF-8 JSON.</param>
    /// <param name="most">The most series.</param>
    /// <param name="cancellation">Gives the query up.</param>
    /// <exception cref="TooLargeException">There are more.</exception>
    /// <exception cref="AiOutliersException">As without a limit.</exception>
    Task<SeriesSet> SeriesAsync(ReadOnlyMemory<byte> query, int most, CancellationToken cancellation = default) =>
        SeriesAsync(query, cancellation);

    /// <summary>The answer as it comes: JSON in UTF-8, of queries of any type.</summary>
    /// <param name="query">A native query, UTF-8 JSON.</param>
    /// <param name="cancellation">Gives the query up.</param>
    /// <exception cref="AiOutliersException">
    /// The query was refused, failed, or was not answered in time; the message has the source's own words.
    /// </exception>
    Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default);
}
