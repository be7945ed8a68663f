using System.Globalization;
using AiOutliers.Detection.Series;

namespace AiOutliers.Monitoring.Entities;

/// <summary>An entity's key as one text: the values of the dimensions in their order, each with its length, <c>-</c> for none.</summary>
internal static class EntityKeys
{
    private const char None = '-', End = ':';

    public static string Of(SeriesKey key, IReadOnlyList<string> by) => string.Concat(by.Select(dimension =>
        key.ValueOf(dimension) is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value.Length}{End}{value}") : $"{None}"));

    public static SeriesKey Read(string text, IReadOnlyList<string> by)
    {
        var parts = new List<KeyValuePair<string, string>>();
        var rest = text.AsSpan();
        foreach (var dimension in by)
        {
            if (rest[0] == None)
            {
                rest = rest[1..];
                continue;
            }
            var end = rest.IndexOf(End);
            var length = int.Parse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture);
            parts.Add(new(dimension, rest.Slice(end + 1, length).ToString()));
            rest = rest[(end + 1 + length)..];
        }
        // A source that is silent has no key at all.
        return parts.Count > 0 ? new(parts) : by.Count > 0 ? SeriesKey.WithoutValues(by) : SeriesKey.None;
    }

    /// <summary>Spreads entities over the day, the same on every node.</summary>
    public static uint Spread(string text)
    {
        // FNV-1a.
        var hash = 2166136261;
        foreach (var letter in text)
            hash = (hash ^ letter) * 16777619;
        return hash;
    }
}
