namespace AiOutliers.Druid.Responses;

/// <summary>A field of the rows that are being read.</summary>
internal sealed class JsonField(string name, byte[] utf8)
{
    public string Name { get; } = name;

    /// <summary>The name in UTF-8; readers compare bytes.</summary>
    public byte[] Utf8 { get; } = utf8;

    public JsonFieldKind Kind { get; set; }

    /// <summary>The metric's or dimension's position.</summary>
    public int Position { get; set; }
}
