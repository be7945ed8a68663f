using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Responses;

/// <summary>
/// Reads an answer of many series from JSON as it arrives: Druid's timeseries, groupBy, topN and scan, the results of
/// Druid SQL, and JSON Lines.
/// </summary>
public static class SeriesReader
{
    /// <param name="stream">UTF-8 without a byte order mark.</param>
    /// <param name="lines">Whether rows follow each other without an array around them.</param>
    /// <param name="layout">What is known of the rows.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AiOutliersException">It is not such an answer; the message names the row and what is wrong with it.</exception>
    public static async Task<SeriesSet> ReadAsync(Stream stream, bool lines, AnswerLayout layout, CancellationToken cancellation)
    {
        var builder = new SeriesSetBuilder { Missing = layout.Missing, MostSeries = layout.MostSeries };
        // Druid writes the fields of a row in any order: keys are in that of the query, whoever answers it.
        foreach (var dimension in layout.IsStrict ? [] : layout.Dimensions ?? [])
            builder.DimensionOf(dimension);
        var rows = new JsonRows(builder, layout);
        try
        {
            await new JsonElements(stream, lines).ReadAsync(rows.Read, cancellation);
        }
        catch (JsonException error)
        {
            throw DruidResponseReader.Wrong($"the data is not valid JSON (near row {builder.Rows + 1})", error);
        }
        catch (InvalidOperationException error)
        {
            // Thrown by Utf8JsonReader for names and strings that are valid JSON but no text: broken UTF-8, half of a surrogate pair.
            throw DruidResponseReader.Wrong($"row {builder.Rows + 1} of the data holds text that is not valid UTF-8", error);
        }
        rows.Finish();
        return rows.HasCertainDimensions ? builder.Build() : builder.BuildWithoutIdleTexts();
    }
}
