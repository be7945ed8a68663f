using System.Text;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine;

namespace AiOutliers.Service.Api.V2;

/// <summary>The member <c>series</c> of a request: which series are asked for, in the traffic schema's words.</summary>
/// <param name="Query">The query that answers it.</param>
/// <param name="Top">The most series.</param>
/// <param name="Metrics">What is judged.</param>
/// <param name="TimeZone">Whose clock days keep to; null: as configured.</param>
internal sealed record SeriesMember(DruidQuery? Query, int? Top, IReadOnlyList<string> Metrics, TimeZoneInfo? TimeZone)
{
    /// <summary>Where nobody says how many.</summary>
    private const int UsualTop = 1000;

    /// <returns>Null where there is none.</returns>
    public static SeriesMember? Read(JsonMembers? members, EngineSettings settings)
    {
        if (members is null)
            return null;
        var zone = ZoneOf(members);
        var query = new DruidQuery
        {
            QueryType = "timeseries",
            DataSource = DataSourceSpec.Table(members.Text("dataSource") ?? settings.Traffic.DataSource),
            Granularity = GranularityOf(members, zone),
            Intervals = members.Text("interval") is { } interval ? IntervalsSpec.Of(interval) : null,
            Filter = FilterOf(members),
        };
        if (query.Granularity is not null && QueryBuckets.CoverageOf(query).From is null)
        {
            members.Errors.Add(
                members.Pointer("interval"), "takes an ISO 8601 interval such as 2024-09-24/2024-09-25, the end after the begin");
        }
        (query, var metrics) = MetricsMember.Read(members, query, settings.Traffic);
        var by = DetectRequestReader.Dimensions(members, "by");
        var top = members.Integer("top", 1, DetectRequestReader.MostSeries);
        if (top is not null && by is null)
            members.Errors.Add(members.Pointer("top"), "takes a value only together with by");
        members.End();
        return new(by is null ? query : KeyedQuery.By(query, by), by is null ? null : top ?? UsualTop, metrics, zone);
    }

    private static TimeZoneInfo? ZoneOf(JsonMembers members)
    {
        if (members.Text("timeZone") is not { } name)
            return null;
        if (TimeZones.TryFind(name, out var zone))
            return zone;
        members.Errors.Add(members.Pointer("timeZone"), $"'{name}' is not allowed; it takes {TimeZones.Allowed}");
        return null;
    }

    /// <summary>Days are those of the place; shorter buckets are the same everywhere.</summary>
    private static GranularitySpec? GranularityOf(JsonMembers members, TimeZoneInfo? zone)
    {
        const string Takes = "takes a period such as PT5M, or a simple name such as hour";
        if (members.Text("granularity") is not { } text)
        {
            members.Errors.Add(members.Pointer("granularity"), Takes);
            return null;
        }
        try
        {
            var width = Granularity.Parse(text);
            var period = Granularity.PeriodOf(text);
            if (period is null)
                return GranularitySpec.Simple(text);
            if (zone is null || width.Seconds < TimeSpan.SecondsPerDay)
                return GranularitySpec.Period(period);
            var zoned = new Dictionary<string, string> { ["type"] = "period", ["period"] = period, ["timeZone"] = zone.Id };
            return GranularitySpec.From(JsonSerializer.SerializeToElement(zoned));
        }
        catch (AiOutliersException)
        {
            members.Errors.Add(members.Pointer("granularity"), $"'{text}' is not allowed; it {Takes}");
            return null;
        }
    }

    private static FilterSpec? FilterOf(JsonMembers members)
    {
        if (members.Value("filter") is not { } filter)
            return null;
        try
        {
            return SensorFilter.Parse(Encoding.UTF8.GetBytes(filter.GetRawText()));
        }
        catch (AiOutliersException error)
        {
            members.Errors.Add(members.Pointer("filter"), error.Message);
            return null;
        }
    }
}
