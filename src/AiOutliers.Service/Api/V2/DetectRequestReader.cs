using AiOutliers.Detection;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Engine.Analysis.Many;

namespace AiOutliers.Service.Api.V2;

/// <summary>Reads the body of <c>POST /api/v2/detect</c>.</summary>
internal static class DetectRequestReader
{
    public const int MostDimensions = 4, MostSeries = SeriesSource.MostSeries, MostMetrics = 32;

    private static readonly string[] Sources = ["query", "data", "series"];

    /// <param name="body">UTF-8 JSON; the request's rows are a part of it.</param>
    /// <param name="settings">The configuration.</param>
    /// <exception cref="RequestException">It cannot be understood; the exception has every reason.</exception>
    public static DetectRequest Read(ReadOnlyMemory<byte> body, EngineSettings settings)
    {
        var (values, raw) = TopMembers.Read(body, "query", "data");
        var errors = new RequestErrors();
        var members = new JsonMembers(values, "", errors);
        var series = SeriesMember.Read(members.Object("series"), settings);
        string[] from = [.. Sources.Where(name => raw.ContainsKey(name) || members.Names.Contains(name))];
        if (from.Length != 1)
            errors.Add("", $"exactly one of {string.Join(", ", Sources)} says where the rows come from; there are {from.Length}");
        var own = Own(members, series is null);
        var request = new DetectRequest
        {
            From = from.FirstOrDefault() ?? "",
            Query = series?.Query ?? QueryOf(raw, own.By, errors),
            Data = raw.TryGetValue("data", out var data) ? data : default(ReadOnlyMemory<byte>?),
            By = own.By,
            Top = series?.Top ?? own.Top,
            Metrics = series?.Metrics ?? own.Metrics,
            Model = members.Text("model"),
            History = HistoryOf(members),
            TimeZone = series?.TimeZone,
            Explain = ExplainMember.Read(members.Object("explain")),
            OnlyAnomalous = members.Choice("only", ["anomalous"]) is not null,
        };
        request = request with { Detector = DetectorMember.Read(members, request.Model, request.TimeZone, settings) };
        if (request is { Explain: not null, Data: not null })
            errors.Add("/explain", "asks the data source, so it takes query or series");
        var include = IncludeOf(members);
        members.End();
        errors.Throw();
        return request with { WithRows = include.Contains("rows"), WithIncidents = include.Contains("incidents") };
    }

    /// <summary>A query and rows are split and judged as these say; a series says it itself.</summary>
    private static (IReadOnlyList<string>? By, int? Top, IReadOnlyList<string>? Metrics) Own(JsonMembers members, bool isAllowed)
    {
        string[] names = ["by", "top", "metrics"];
        foreach (var name in names.Where(name => !isAllowed && members.Names.Contains(name)))
            members.Errors.Add(members.Pointer(name), "belongs into series");
        return (Dimensions(members, "by"), members.Integer("top", 1, MostSeries), MetricsOf(members));
    }

    private static IReadOnlyList<string>? MetricsOf(JsonMembers members)
    {
        var metrics = members.Texts("metrics");
        if (metrics is { Count: 0 or > MostMetrics })
            members.Errors.Add("/metrics", $"takes 1 to {MostMetrics} metrics");
        return metrics;
    }

    internal static IReadOnlyList<string>? Dimensions(JsonMembers members, string name)
    {
        var by = members.Texts(name);
        if (by?.Count > MostDimensions)
            members.Errors.Add(members.Pointer(name), $"takes at most {MostDimensions} dimensions");
        else if (by?.Distinct(StringComparer.Ordinal).Count() < by?.Count)
            members.Errors.Add(members.Pointer(name), "names a dimension twice");
        return by is [] ? null : by;
    }

    internal static DruidQuery? QueryOf(Dictionary<string, ReadOnlyMemory<byte>> raw, IReadOnlyList<string>? by, RequestErrors errors)
    {
        if (!raw.TryGetValue("query", out var text))
            return null;
        try
        {
            var query = DruidQuery.Parse(text.Span);
            if (query.QueryType is not ("timeseries" or "groupBy" or "topN"))
                errors.Add("/query/queryType", $"'{query.QueryType}' is not judged; it takes timeseries, groupBy or topN");
            return by is null ? query : KeyedQuery.By(query, by);
        }
        catch (AiOutliersException error)
        {
            errors.Add("/query", error.Message);
            return null;
        }
    }

    private static HistorySpan? HistoryOf(JsonMembers members)
    {
        if (members.Text("history") is not { } text)
            return null;
        if (HistorySpan.TryParse(text, out var span))
            return span;
        members.Errors.Add("/history", $"'{text}' is not allowed; it takes {HistorySpan.Allowed}");
        return null;
    }

    private static IReadOnlyList<string> IncludeOf(JsonMembers members)
    {
        string[] all = ["rows", "incidents"];
        var include = members.Texts("include") ?? all;
        if (include.FirstOrDefault(name => !all.Contains(name)) is { } unknown)
            members.Errors.Add("/include", $"'{unknown}' is not allowed; it takes {string.Join(", ", all)}");
        return include;
    }
}
