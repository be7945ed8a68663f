using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Incidents;
using Microsoft.OpenApi;

namespace AiOutliers.Service.Api.V2;

/// <summary>The query of a page of incidents.</summary>
internal static class IncidentQuery
{
    private static readonly string[] States = [.. IncidentStates.All, IncidentFilterQuery.NotClosed];

    /// <summary>What may stand behind the question mark.</summary>
    public static readonly IReadOnlyList<(string Name, JsonSchemaType Type, string Words)> Parameters =
    [
        ("monitor", JsonSchemaType.String, "Of one monitor."),
        ("state", JsonSchemaType.String, $"{string.Join(", ", States)}; all when missing."),
        ("severity", JsonSchemaType.Number, "At least so severe, 0 to 100."),
        ("from", JsonSchemaType.Integer, "That ended after it: milliseconds since 1970."),
        ("to", JsonSchemaType.Integer, "That began before it."),
        ("q", JsonSchemaType.String, "A part of the entity, the metric or the reason."),
        ("limit", JsonSchemaType.Integer, $"The most rows, 50 when missing, at most {IncidentFilterQuery.MostRows}."),
        ("after", JsonSchemaType.String, "What the page before gave as next."),
    ];

    private static readonly string[] Names = [.. Parameters.Select(static own => own.Name)];

    /// <exception cref="AiOutliersException">A name is not known, or a value is not allowed.</exception>
    public static IncidentFilterQuery Read(IQueryCollection query)
    {
        if (query.Keys.FirstOrDefault(static key => !Names.Contains(key)) is { } unknown)
            throw Wrong($"'{unknown}' is not known; known are {string.Join(", ", Names)}");
        var state = Text(query, "state");
        if (state is not null && !States.Contains(state))
            throw Wrong($"state '{state}' is not known; it takes {string.Join(", ", States)}");
        var after = Text(query, "after")?.Split('_');
        if (after is not null && (after.Length != 2 || !long.TryParse(after[0], CultureInfo.InvariantCulture, out _)))
            throw Wrong("after is not what a page gave as next");
        return new()
        {
            Monitor = Text(query, "monitor"),
            State = state,
            Severity = Number(query, "severity", 0, 100),
            From = (long?)Number(query, "from", 0, long.MaxValue),
            To = (long?)Number(query, "to", 0, long.MaxValue),
            Text = Text(query, "q"),
            Limit = (int)(Number(query, "limit", 1, IncidentFilterQuery.MostRows) ?? 50),
            AfterStart = after is null ? null : long.Parse(after[0], CultureInfo.InvariantCulture),
            AfterId = after?[1],
        };
    }

    private static string? Text(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    private static double? Number(IQueryCollection query, string name, double least, double most)
    {
        if (Text(query, name) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{name} '{text}' is not a number from {least} to {most}"));
    }

    private static AiOutliersException Wrong(string message) => new(ErrorKind.BadInput, message);
}
