using AiOutliers.Detection.Series;
using Microsoft.AspNetCore.Http.Extensions;

namespace AiOutliers.Service.Console.Explore;

/// <summary>What the address of the page Explore says. Nothing else decides what it shows.</summary>
public sealed record ExploreState
{
    public const string Path = "/explore", UsualLast = "24h";

    /// <summary>The server takes 8,192 bytes; a chart adds what it needs itself.</summary>
    public const int LongestAddress = 7_500;

    public string? Source { get; init; }

    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>Conditions <c>dimension=value</c>; several of one dimension are alternatives.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    /// <summary>The dimension that gets a series for each value; null judges the sum.</summary>
    public string? By { get; init; }

    /// <summary>The width of a bucket, as a period; null chooses one that fits the interval.</summary>
    public string? Every { get; init; }

    /// <summary>How long before the end of the data; null where <see cref="From"/> and <see cref="To"/> say it.</summary>
    public string? Last { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    /// <summary>A detector, or <c>model:NAME</c>; null judges as the service does by itself.</summary>
    public string? Detector { get; init; }

    /// <summary>Another detector that judges the same, beside it; null for none.</summary>
    public string? Compare { get; init; }

    public string? Sensitivity { get; init; }

    public string? Direction { get; init; }

    /// <summary>Further options of the detector, <c>name=value</c>, by the names of JSON and YAML.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>A native query instead of all the above.</summary>
    public string? Query { get; init; }

    /// <summary>The zone of <see cref="From"/> and <see cref="To"/>.</summary>
    public string? Zone { get; init; }

    public static ExploreState Read(IQueryCollection query)
    {
        return new()
        {
            Source = Text("source"),
            Metrics = All("metric"),
            Where = [.. query["where"].OfType<string>().Where(static text => text.Trim().Length > 0).Distinct()],
            By = Text("by"),
            Every = Text("every"),
            Last = Text("from") is null && Text("to") is null ? Text("last") ?? UsualLast : null,
            From = Text("from"),
            To = Text("to"),
            Detector = Text("detector"),
            Compare = Text("compare"),
            Sensitivity = Text("sensitivity"),
            Direction = Text("direction"),
            Options = All("option"),
            Query = Text("query"),
            Zone = Text("zone") is { } zone && TimeZones.TryFind(zone, out _) ? zone : null,
        };

        string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 } text ? text : null;
        string[] All(string name) =>
            [.. query[name].OfType<string>().Select(static text => text.Trim()).Where(static text => text.Length > 0).Distinct()];
    }

    /// <summary>What it says as the other detector answers it; null where none is compared with.</summary>
    public ExploreState? Other => Compare is null ? null : this with { Detector = Compare, Compare = null };

    /// <summary>The address of a page, a picture or a file that shows this.</summary>
    /// <param name="path">Which.</param>
    /// <param name="more">What else it says.</param>
    public string Address(string path = Path, params IEnumerable<KeyValuePair<string, string>> more)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in Fields().Concat(more))
            query.Add(name, value);
        return path + query;
    }

    /// <summary>Names and values of the address, or of a form.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields() =>
        Single().Where(static field => field.Value is not null).Select(static field => KeyValuePair.Create(field.Name, field.Value!))
            .Concat(Options.Select(static option => KeyValuePair.Create("option", option)))
            .Concat(Metrics.Select(static metric => KeyValuePair.Create("metric", metric)))
            .Concat(Where.Select(static condition => KeyValuePair.Create("where", condition)));

    private IEnumerable<(string Name, string? Value)> Single() =>
    [
        .. Query is null
            ? [
                ("source", Source), ("by", By), ("every", Every), ("last", Last), ("from", From), ("to", To),
            ]
            : new (string, string?)[] { ("query", Query) },
        ("detector", Detector), ("compare", Compare), ("sensitivity", Sensitivity), ("direction", Direction), ("zone", Zone),
    ];
}
