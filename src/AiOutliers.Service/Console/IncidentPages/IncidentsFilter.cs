using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Service.Console.Explore;
using Microsoft.AspNetCore.Http.Extensions;

namespace AiOutliers.Service.Console.IncidentPages;

/// <summary>What the address of the list says.</summary>
public sealed record IncidentsFilter
{
    public const string All = "all";

    /// <summary>open, acknowledged, closed or all; null shows those that are not closed.</summary>
    public string? State { get; init; }

    public string? Monitor { get; init; }

    public string? Text { get; init; }

    public double? Severity { get; init; }

    /// <summary>Those of the last hours or days, as people write it: <c>7d</c>; null where the times say it, or all are shown.</summary>
    public string? Last { get; init; }

    /// <summary>Those that ended after it, as people write a time.</summary>
    public string? From { get; init; }

    /// <summary>Those that began before it.</summary>
    public string? To { get; init; }

    /// <summary>The last incident of the page before.</summary>
    public (long Start, string Id)? After { get; init; }

    /// <param name="zone">Where times are meant that say no offset.</param>
    /// <param name="now">Where the last hours end.</param>
    /// <exception cref="AiOutliersException">A time is none, or the last is not after the first.</exception>
    internal IncidentFilterQuery Query(TimeZoneInfo zone, DateTimeOffset now)
    {
        var query = Asked(zone, now);
        return query.From >= query.To ? throw TimeRange.Backwards(From, To) : query;
    }

    private IncidentFilterQuery Asked(TimeZoneInfo zone, DateTimeOffset now) => new()
    {
        State = State switch { null => IncidentFilterQuery.NotClosed, All => null, var one => one },
        Monitor = Monitor,
        Text = Text,
        Severity = Severity,
        From = Last is not null ? TimeRange.Last(Last, null, now).From : TimeRange.Time("from", From, zone),
        To = Last is not null ? null : TimeRange.Time("to", To, zone),
        AfterStart = After?.Start,
        AfterId = After?.Id,
    };

    public static IncidentsFilter Read(IQueryCollection query)
    {
        var (from, to) = (Text("from"), Text("to"));
        return new()
        {
            State = Text("state") is { } state && (state == All || IncidentStates.All.Contains(state)) ? state : null,
            Monitor = Text("monitor"),
            Text = Text("q"),
            Severity = double.TryParse(Text("severity"), CultureInfo.InvariantCulture, out var severity) && severity is >= 0 and <= 100
                ? severity
                : null,
            Last = from is null && to is null ? Text("last") : null,
            From = from,
            To = to,
            After = long.TryParse(Text("after"), out var start) && Text("id") is { } id ? (start, id) : null,
        };

        string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 } text ? text : null;
    }

    /// <summary>The page that says this.</summary>
    public string Address() => ConsolePages.Incidents + Written(
    [
        ("state", State), ("monitor", Monitor), ("q", Text), ("severity", Number(Severity)), ("last", Last), ("from", From), ("to", To),
        ("after", Number(After?.Start)), ("id", After?.Id),
    ]);

    /// <summary>The call of version 2 that answers the same.</summary>
    internal static string Call(IncidentFilterQuery query) => "/api/v2/incidents" + Written(
    [
        ("state", query.State), ("monitor", query.Monitor), ("q", query.Text), ("severity", Number(query.Severity)),
        ("from", Number(query.From)), ("to", Number(query.To)),
        ("after", query.AfterId is null ? null : $"{Number(query.AfterStart)}_{query.AfterId}"),
    ]);

    private static string? Number(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);

    private static string Written(IEnumerable<(string Name, string? Value)> parts)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in parts)
        {
            if (value is not null)
                query.Add(name, value);
        }
        return query.ToString();
    }
}
