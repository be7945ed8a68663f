using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiOutliers.Druid.Query;

/// <summary>A filter of any type; which fields have a meaning depends on <see cref="Type"/>.</summary>
public sealed record FilterSpec
{
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    /// <summary>The column of selector, in, bound, like, regex, search and interval.</summary>
    [JsonPropertyName("dimension")]
    public string? Dimension { get; init; }

    /// <summary>The column of equals, range and null.</summary>
    [JsonPropertyName("column")]
    public string? Column { get; init; }

    [JsonPropertyName("value")]
    public JsonElement? Value { get; init; }

    [JsonPropertyName("values")]
    public IReadOnlyList<JsonElement>? Values { get; init; }

    [JsonPropertyName("matchValue")]
    public JsonElement? MatchValue { get; init; }

    [JsonPropertyName("matchValueType")]
    public string? MatchValueType { get; init; }

    [JsonPropertyName("pattern")]
    public string? Pattern { get; init; }

    [JsonPropertyName("escape")]
    public string? Escape { get; init; }

    [JsonPropertyName("lower")]
    public JsonElement? Lower { get; init; }

    [JsonPropertyName("upper")]
    public JsonElement? Upper { get; init; }

    /// <summary>Of bound: the lower end itself is outside.</summary>
    [JsonPropertyName("lowerStrict")]
    public bool? LowerStrict { get; init; }

    [JsonPropertyName("upperStrict")]
    public bool? UpperStrict { get; init; }

    /// <summary>Of range: the lower end itself is outside.</summary>
    [JsonPropertyName("lowerOpen")]
    public bool? LowerOpen { get; init; }

    [JsonPropertyName("upperOpen")]
    public bool? UpperOpen { get; init; }

    /// <summary>Of bound: lexicographic (the default), alphanumeric, numeric or strlen.</summary>
    [JsonPropertyName("ordering")]
    public string? Ordering { get; init; }

    [JsonPropertyName("intervals")]
    public IntervalsSpec? Intervals { get; init; }

    /// <summary>Of search: the object that says what to look for.</summary>
    [JsonPropertyName("query")]
    public JsonElement? Query { get; init; }

    /// <summary>Of and, or.</summary>
    [JsonPropertyName("fields")]
    public IReadOnlyList<FilterSpec>? Fields { get; init; }

    /// <summary>Of not.</summary>
    [JsonPropertyName("field")]
    public FilterSpec? Field { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Other { get; set; }
}
