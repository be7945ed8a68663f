using System.Globalization;
using AiOutliers.Monitoring.Incidents;
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

    /// <summary>The last incident of the page before.</summary>
    public (long Start, string Id)? After { get; init; }

    internal IncidentFilterQuery Query => new()
    {
        State = State switch { null => IncidentFilterQuery.NotClosed, All => null, var one => one },
        Monitor = Monitor,
        Text = Text,
        Severity = Severity,
        AfterStart = After?.Start,
        AfterId = After?.Id,
    };

    public static IncidentsFilter Read(IQueryCollection query)
    {
        return new()
        {
            State = Text("state") is { } state && (state == All || IncidentStates.All.Contains(state)) ? state : null,
            Monitor = Text("monitor"),
            Text = Text("q"),
            Severity = double.TryParse(Text("severity"), CultureInfo.InvariantCulture, out var severity) ? severity : null,
            After = long.TryParse(Text("after"), out var start) && Text("id") is { } id ? (start, id) : null,
        };

        string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 } text ? text : null;
    }

    /// <summary>The address of the page that follows one that ends with this incident.</summary>
    public string Next(StoredIncident last)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in new[]
        {
            ("state", State), ("monitor", Monitor), ("q", Text), ("severity", Severity?.ToString(CultureInfo.InvariantCulture)),
            ("after", last.StartedAt.ToString(CultureInfo.InvariantCulture)), ("id", last.Id),
        })
        {
            if (value is not null)
                query.Add(name, value);
        }
        return ConsolePages.Incidents + query;
    }
}
