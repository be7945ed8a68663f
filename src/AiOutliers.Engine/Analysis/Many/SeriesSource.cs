using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Engine.Analysis.History;

namespace AiOutliers.Engine.Analysis.Many;

/// <summary>
/// The one way from a query of many series to their rows: refused when too large, before the data source is asked; limited to the top
/// series; with their history; in the order of their keys.
/// </summary>
/// <param name="source">The data source.</param>
/// <param name="settings">The configuration.</param>
/// <param name="clock">Tells what lies in the past.</param>
/// <param name="cache">Where complete rows are kept; null keeps none.</param>
public sealed class SeriesSource(IDruidSource source, EngineSettings settings, TimeProvider clock, HistoryCache? cache = null)
{
    private const string OfTopN = "A topN has only the first values of each bucket: a series lacks the buckets in which it was not among "
        + "them. A groupBy has all.";

    /// <summary>More series are not judged at once.</summary>
    public const int MostSeries = 100_000;

    /// <summary>For those who did not say how many they want, and for those who did.</summary>
    private readonly SeriesHistory _limited = new(
        new LimitedSource(source, MostSeries), settings.History, clock, cache, settings.IngestionDelay);

    private readonly SeriesHistory _largest = new(source, settings.History, clock, cache, settings.IngestionDelay);

    /// <exception cref="AiOutliersException">The question is too large, or the data source refused or failed.</exception>
    public async Task<FetchedSeries> FetchAsync(SeriesQuestion question, CancellationToken cancellation)
    {
        var (query, notes) = (question.Query, new List<string>());
        var size = SeriesSize.Of(query);
        size.Check(question.Top ?? 1);
        if (query.Threshold > MostSeries)
            throw new TooLargeException(string.Create(CultureInfo.InvariantCulture,
                $"the threshold {query.Threshold:N0} asks for as many series, and at most {MostSeries:N0} are judged at once; lower it"));
        var top = await TopAsync(question, size, cancellation);
        var (rows, history) = (settings.History.Rows, question.History);
        var wanted = (history ?? settings.History.Span).IsOff ? 0 : rows;
        if (top is not null && size.RoomBefore(top.Keys.Count) is var room && room < wanted)
        {
            (rows, history) = (room, room == 0 ? HistorySpan.Off : history);
            notes.Add(string.Create(
                CultureInfo.InvariantCulture, $"The history is at most {room:N0} rows a series, so that all fit into memory."));
        }
        var reader = question.Top is null ? _limited : _largest;
        var fetched = await reader.QueryAsync(top?.Limit(query) ?? query, history, cancellation, rows, fill: true, question.Anew);
        CheckCount(fetched.Series.Count, question);
        var missing = await MissingDimensions.NoteAsync(source, fetched, query, cancellation);
        notes.AddRange([.. NotesOn(fetched, question, top), .. missing]);
        return fetched with { Query = query, Order = Order(fetched, top), Notes = notes };
    }

    /// <summary>Null where nobody limits the series and they cannot be too many.</summary>
    private async Task<TopSeries?> TopAsync(SeriesQuestion question, SeriesSize size, CancellationToken cancellation)
    {
        if (question.Query.QueryType != "groupBy" || question.Top is null && !size.IsLargeForMany)
            return null;
        var top = await TopSeries.FindAsync(source, question.Query, question.Top ?? size.MostSeries, question.TopBy, cancellation);
        if (question.Top is null && top.IsCut)
            size.Check(size.MostSeries + 1L, " or more");
        return top;
    }

    /// <exception cref="AiOutliersException">Nobody said which of them are wanted.</exception>
    private static void CheckCount(int count, SeriesQuestion question)
    {
        if (count <= MostSeries || question.Top is not null)
            return;
        throw TooLargeException.Series($"{count:N0}", MostSeries);
    }

    private static int[] Order(FetchedSeries fetched, TopSeries? top)
    {
        var order = fetched.Series.ByKey();
        return top?.IsCut == true ? [.. order.Where(series => top.Keys.Contains(fetched.Series.Key(series)))] : order;
    }

    private static IEnumerable<string> NotesOn(FetchedSeries fetched, SeriesQuestion question, TopSeries? top)
    {
        if (question.Query.QueryType == "topN")
            yield return OfTopN;
        if (top?.IsCut == true)
            yield return $"There are more series: the {top.Keys.Count} with the most {top.Metric} in the asked time are judged (top).";
        if (question.Query.LimitSpec?.Limit is { } limit && fetched.Series.Rows >= limit)
            yield return $"The answer has as many rows as its limitSpec allows, {limit}: series may be cut or missing. Raise the limit, "
                + "or leave it out.";
    }
}
