using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace AiOutliers.Service.Api.V2;

/// <summary>
/// The body of <c>POST /api/v2/explain</c>: one of query and series, one of window and incident; or the id of a monitor's incident alone.
/// </summary>
internal sealed record ExplainBody
{
    /// <summary>A Druid native query: timeseries, groupBy or topN.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Query { get; init; }

    /// <summary>Which series, in the words of the traffic schema.</summary>
    public SeriesBody? Series { get; init; }

    /// <summary>Of many series: which, as detect gave its key.</summary>
    public IReadOnlyDictionary<string, string>? Key { get; init; }

    /// <summary>The judged metric: a count or a sum. One is chosen when it is missing.</summary>
    public string? Metric { get; init; }

    /// <summary>What is to be explained.</summary>
    public ExplainWindow? Window { get; init; }

    /// <summary>Or the id of an incident in the query's interval; of one that a monitor has found it is enough.</summary>
    public string? Incident { get; init; }

    /// <summary>As the total moved when missing.</summary>
    [AllowedValues("up", "down")]
    public string? Direction { get; init; }

    /// <summary>The dimensions to look into, at most 12; the monitor's, or as configured, when missing.</summary>
    public IReadOnlyList<string>? Dimensions { get; init; }

    /// <summary>The most elements, 1 to 10; 3 when missing.</summary>
    public int? Top { get; init; }
}

/// <summary>Of a detect request: how its incidents are explained.</summary>
internal sealed record ExplainOptions
{
    /// <summary>The dimensions to look into, at most 12; as configured when missing.</summary>
    public IReadOnlyList<string>? Dimensions { get; init; }

    /// <summary>The most elements of an incident, 1 to 10; 3 when missing.</summary>
    public int? Top { get; init; }
}

/// <summary>Milliseconds since 1970; the end is outside.</summary>
internal sealed record ExplainWindow(long From, long To);

/// <param name="Verdict">Where the deviation lies.</param>
/// <param name="OutsideShare">The share of the deviation that all values have in common.</param>
/// <param name="Explained">The share that the elements carry.</param>
/// <param name="Words">The same for people.</param>
/// <param name="Dimensions">Those that were looked into.</param>
/// <param name="References">Earlier weeks that it was compared with.</param>
/// <param name="Truncated">Whether there were too many combinations for all dimensions together.</param>
internal sealed record ExplainAnswer(
    ExplainWindow Window, string Metric, double? Value, double? Expected, double? Deviation,
    [property: AllowedValues("concentrated", "mixed", "outside", "hardly-deviates", "no-data")] string Verdict, double? OutsideShare,
    IReadOnlyList<ExplainElement> Elements, IReadOnlyList<ExplainAlternative> Alternatives, double? Explained, IReadOnlyList<string> Words,
    IReadOnlyList<string> Dimensions, int References, int Cells, bool Truncated, int Queries, long Milliseconds,
    IReadOnlyList<string> Warnings);

/// <param name="Where">The values; null is a value of its own.</param>
/// <param name="Refinements">By dimension: a value that holds nearly all of it, and how much.</param>
/// <param name="Distinct">By dimension: how many values take part.</param>
internal sealed record ExplainElement(
    IReadOnlyDictionary<string, string?> Where, double? Value, double? Expected, double? Share, bool New, bool Gone,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double?>> Refinements, IReadOnlyDictionary<string, long> Distinct);

internal sealed record ExplainAlternative(IReadOnlyDictionary<string, string?> Where, double? Score);
