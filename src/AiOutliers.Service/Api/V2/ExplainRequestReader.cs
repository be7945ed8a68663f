using System.Text.Json;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine;

namespace AiOutliers.Service.Api.V2;

/// <summary>Reads the body of <c>POST /api/v2/explain</c>.</summary>
internal static class ExplainRequestReader
{
    private static readonly string[] Directions = ["up", "down"];

    /// <summary>What an incident that a monitor has found says itself.</summary>
    private static readonly string[] OfQueries = ["key", "metric", "direction"];

    /// <exception cref="RequestException">It cannot be understood; the exception has every reason.</exception>
    public static ExplainRequest Read(ReadOnlyMemory<byte> body, EngineSettings settings)
    {
        var (values, raw) = TopMembers.Read(body, "query");
        var errors = new RequestErrors();
        var members = new JsonMembers(values, "", errors);
        var series = SeriesMember.Read(members.Object("series"), settings);
        var query = series?.Query ?? DetectRequestReader.QueryOf(raw, null, errors);
        var (window, incident) = (WindowOf(members), members.Text("incident"));
        if (members.Names.Contains("window") == (incident is not null))
            errors.Add("", "give exactly one of window, incident: what to explain");
        var isStored = incident is not null && !raw.ContainsKey("query") && series is null;
        if (!isStored && raw.ContainsKey("query") == (series is not null))
            errors.Add("", "exactly one of query, series says where the rows come from");
        foreach (var name in OfQueries.Where(name => isStored && members.Names.Contains(name)))
            errors.Add(members.Pointer(name), "belongs to a query or series; an incident of a monitor says it itself");
        var how = ExplainMember.Of(members);
        var (metric, direction) = (members.Text("metric"), members.Choice("direction", Directions));
        var key = KeyOf(members, query);
        members.End();
        errors.Throw();
        return isStored ? new(null, incident, how) : new(new()
        {
            Query = query!,
            Key = key,
            Metric = metric ?? series?.Metrics[0],
            Window = window,
            Incident = incident,
            Detector = DetectorMember.Of(series?.TimeZone, settings),
            TimeZone = series?.TimeZone,
            Direction = direction is null ? Direction.Both : Enum.Parse<Direction>(direction, ignoreCase: true),
            Dimensions = how.Dimensions,
            Top = how.Top,
        }, null, how);
    }

    private static TimeWindow? WindowOf(JsonMembers members)
    {
        if (members.Object("window") is not { } window)
            return null;
        var (from, to) = (TimeOf(window, "from"), TimeOf(window, "to"));
        window.End();
        if (from is { } begin && to is { } end && begin < end)
            return new(begin, end);
        members.Errors.Add("/window", "takes from and to, milliseconds since 1970, from before to");
        return null;
    }

    private static long? TimeOf(JsonMembers window, string name) =>
        window.Value(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var time) && Math.Abs(time) < 1L << 47
            ? time
            : null;

    /// <summary>Which series of a query of many; a dimension that is missing has no value.</summary>
    private static SeriesKey KeyOf(JsonMembers members, DruidQuery? query)
    {
        var key = members.Object("key");
        if (key is null && query is not null && KeyedQuery.HasKeys(query))
            members.Errors.Add("/key", "says which of the query's series is meant, as detect gave it");
        if (key is null)
            return SeriesKey.None;
        string[] names = [.. key.Names];
        foreach (var unknown in query is null ? [] : names.Except(KeyedQuery.DimensionsOf(query)))
            members.Errors.Add(key.Pointer(unknown), "does not make series of the query"
                + (KeyedQuery.DimensionsOf(query!).ToArray() is { Length: > 0 } own ? $"; they are made by {string.Join(", ", own)}" : ""));
        return new([.. names.Select(name => KeyValuePair.Create(name, key.Text(name) ?? ""))]);
    }
}
