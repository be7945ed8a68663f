using System.Text;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Files;

/// <summary>The tags of a row, all or those that the user names, as the dimensions of its series.</summary>
internal sealed class TagDimensions(SeriesSetBuilder builder, IReadOnlyList<string>? by)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public void Set(string name, string value)
    {
        _names.Add(name);
        if (value.Length > 0 && (by?.Contains(name) ?? true))
            builder.SetKey(builder.DimensionOf(name), Encoding.UTF8.GetBytes(value));
    }

    /// <summary>The series; what all have in common is not named.</summary>
    /// <exception cref="Detection.AiOutliersException">The file is empty, or the user names a tag that all rows lack.</exception>
    public SeriesSet Build(string file)
    {
        if (builder.Rows == 0)
            throw TableFileReader.Wrong($"{file} has no row with a number");
        if (by?.FirstOrDefault(name => !_names.Contains(name)) is { } unknown)
            throw TableFileReader.Wrong($"{file} has no tag '{unknown}'; it has: {string.Join(", ", _names)}");
        return by is null ? builder.Build().WithoutSharedDimensions() : builder.Build();
    }
}
