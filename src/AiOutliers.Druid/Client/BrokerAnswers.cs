using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Files;
using AiOutliers.Druid.Query;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Client;

/// <summary>Reads what a broker answers: rows, or its error in words.</summary>
/// <param name="options">Bounds.</param>
internal sealed class BrokerAnswers(BrokerOptions options)
{
    public async Task<MetricTable> TableAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var partial = PartialAnswer.Of(response);
        var table = await WholeAsync(response, body => Read(body, response), cancellation);
        var warnings = partial.Warnings(response);
        return warnings.Count == 0 ? table : table.AsPartial(partial.Missing, warnings);
    }

    /// <summary>What begins with an array is rows; everything else is short, and an error.</summary>
    public async Task<SeriesSet> SeriesAsync(DruidQuery query, int most, HttpResponseMessage response, CancellationToken cancellation)
    {
        var stream = await HeadStream.OpenAsync(await response.Content.ReadAsStreamAsync(cancellation), cancellation);
        stream.SkipBlanks();
        var isRows = response.IsSuccessStatusCode && stream.Head is [(byte)'[', ..];
        if (!isRows)
        {
            using var body = await BoundedBody.ReadAsync(stream, options, cancellation);
            throw BrokerError.From(response.StatusCode, response.Content.Headers.ContentType?.MediaType, body.Bytes);
        }
        using var turn = await options.LargeAnswers.EnterAsync(null, cancellation);
        var partial = PartialAnswer.Of(response);
        // A bucket that begins before such an interval and reaches into it is not whole.
        var width = (long)(BucketedQuery.Of(query)?.Width.TotalMilliseconds ?? 1);
        var layout = AnswerLayout.Of(query) with
        {
            MostSeries = most,
            Missing = [.. partial.Missing.Select(interval => (interval.From - width + 1, interval.Until))],
        };
        try
        {
            var series = await SeriesReader.ReadAsync(stream, lines: false, layout, cancellation);
            return series.WithWarnings(partial.Warnings(response));
        }
        catch (AiOutliersException error) when (error is not TooLargeException)
        {
            throw Unusable(error, response);
        }
    }

    /// <param name="response">The answer.</param>
    /// <param name="read">Reads its body.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="isObjectAnError">
    /// Whether rows belong into the answer: an object with 200 is then what gateways in front of the broker make of its errors.
    /// </param>
    public async Task<T> WholeAsync<T>(
        HttpResponseMessage response, Func<ReadOnlySpan<byte>, T> read, CancellationToken cancellation, bool isObjectAnError = true)
    {
        using var body = await BoundedBody.ReadAsync(await response.Content.ReadAsStreamAsync(cancellation), options, cancellation);
        var type = response.Content.Headers.ContentType?.MediaType;
        if (!response.IsSuccessStatusCode || type is not (null or "application/json")
            || isObjectAnError && body.Bytes is [(byte)'{', ..])
            throw BrokerError.From(response.StatusCode, type, body.Bytes);
        return read(body.Bytes);
    }

    private static MetricTable Read(ReadOnlySpan<byte> body, HttpResponseMessage response)
    {
        try
        {
            return DruidResponseReader.Read(body);
        }
        catch (AiOutliersException error)
        {
            throw Unusable(error, response);
        }
    }

    private static AiOutliersException Unusable(AiOutliersException error, HttpResponseMessage response) =>
        new(ErrorKind.SourceFailed, PartialAnswer.Failure(response) is { } failure
            ? $"the broker gave up in the middle of its answer: {failure}"
            : $"the broker's answer cannot be used: {error.Message}", error);
}
