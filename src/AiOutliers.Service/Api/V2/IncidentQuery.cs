using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Service.Api.V2;

/// <summary>The query of a page of incidents.</summary>
internal static class IncidentQuery
{
    private static readonly string[] States = [.. IncidentStates.All, IncidentFilterQuery.NotClosed];

    /// <summary>What may stand behind the question mark.</summary>
    public static readonly IReadOnlyList<(string Name, string Type, string Words)> Parameters =
    [
        ("monitor", "string", "Of one monitor."),
        ("state", "string", $"{string.Join(", ", States)}; all when missing."),
        ("severity", "number", "At least so severe, 0 to 100."),
        ("from", "string", $"That ended after it: {RequestTime.Words}."),
        ("to", "string", "That began before it."),
        ("q", "string", "A part of the entity, the metric or the reason."),
        ("limit", "integer", $"The most rows, 50 when missing, at most {IncidentFilterQuery.MostRows}."),
        ("after", "string", "What the page before gave as next."),
    ];

    private static readonly string[] Names = [.. Parameters.Select(static own => own.Name)];

    /// <exception cref="AiOutliersException">A name is not known, or a value is not allowed.</exception>
    public static IncidentFilterQuery Read(IQueryCollection query)
    {
        query.CheckNames(Names);
        var state = query.Text("state");
        if (state is not null && !States.Contains(state))
            throw QueryValues.Wrong($"state '{state}' is not known; it takes {string.Join(", ", States)}");
        var after = query.Text("after")?.Split('_');
        if (after is not null && (after.Length != 2 || !long.TryParse(after[0], CultureInfo.InvariantCulture, out _)))
            throw QueryValues.Wrong("after is not what a page gave as next");
        return new()
        {
            Monitor = query.Text("monitor"),
            State = state,
            Severity = query.Number("severity", 0, 100),
            From = query.Time("from"),
            To = query.Time("to"),
            Text = query.Text("q"),
            Limit = (int)(query.Whole("limit", IncidentFilterQuery.MostRows) ?? 50),
            AfterStart = after is null ? null : long.Parse(after[0], CultureInfo.InvariantCulture),
            AfterId = after?[1],
        };
    }
}
