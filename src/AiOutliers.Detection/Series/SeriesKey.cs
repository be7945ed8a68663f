using System.Buffers.Binary;
using System.Text;

namespace AiOutliers.Detection.Series;

/// <summary>Which of many series: the values of its dimensions. A dimension without a value is null in Druid and is not listed.</summary>
/// <param name="Parts">Dimension and value, in the order of the dimensions.</param>
public sealed record SeriesKey(IReadOnlyList<KeyValuePair<string, string>> Parts)
{
    /// <summary>The key of a series without dimensions, or of all rows.</summary>
    public static readonly SeriesKey None = new([]);

    public bool IsNone => Parts.Count == 0;

    /// <summary>Whether none of its dimensions has a value.</summary>
    public bool HasNoValue => Parts.All(static part => part.Value is null);

    /// <summary>
    /// The rows in which no dimension has a value, where that is another series than the one of all rows: here its dimensions are listed.
    /// </summary>
    public static SeriesKey WithoutValues(IReadOnlyList<string> dimensions) =>
        new([.. dimensions.Select(static dimension => new KeyValuePair<string, string>(dimension, null!))]);

    /// <summary>The value of a dimension; null where it has none.</summary>
    public string? ValueOf(string dimension) => Parts.FirstOrDefault(part => part.Key == dimension).Value;

    /// <summary>For people: <c>sensor_name=headquarters, app=dns</c>.</summary>
    public override string ToString() => string.Join(", ", Parts.Select(static part => $"{part.Key}={part.Value ?? "(no value)"}"));

    public bool Equals(SeriesKey? other) => other is not null && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => Parts.Aggregate(0, static (hash, part) => HashCode.Combine(hash, part.Key, part.Value));

    /// <summary>The parts of some dimensions in the form that rows are looked up by.</summary>
    internal byte[] Bytes(IReadOnlyList<string> dimensions)
    {
        var key = new List<byte>();
        for (var at = 0; at < dimensions.Count; at++)
        {
            if (ValueOf(dimensions[at]) is { } value)
                Append(key, at, Encoding.UTF8.GetBytes(value));
        }
        return [.. key];
    }

    /// <summary>Appends one part to a key in the form that rows are looked up by: dimension, length, UTF-8.</summary>
    internal static void Append(List<byte> key, int dimension, ReadOnlySpan<byte> value)
    {
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(head, dimension);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], value.Length);
        key.AddRange(head);
        key.AddRange(value);
    }

    /// <summary>Reads what <see cref="Append"/> wrote.</summary>
    internal static SeriesKey Read(ReadOnlySpan<byte> key, IReadOnlyList<string> dimensions)
    {
        var parts = new List<KeyValuePair<string, string>>();
        while (!key.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(key[4..]);
            parts.Add(new(dimensions[BinaryPrimitives.ReadInt32LittleEndian(key)], Encoding.UTF8.GetString(key.Slice(8, length))));
            key = key[(8 + length)..];
        }
        return parts.Count == 0 ? None : new(parts);
    }
}
