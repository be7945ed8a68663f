namespace AiOutliers.Druid;

/// <summary>Which of many names, in order; what is null does not count.</summary>
/// <param name="Text">A part of the name; capitals count as small letters.</param>
/// <param name="After">The last name of the page before.</param>
/// <param name="Limit">How many.</param>
public sealed record NamePage(string? Text, string? After, int Limit)
{
    /// <summary>Those that can be on the page, from the first one on.</summary>
    public IEnumerable<string> Of(IEnumerable<string> names) => names.Where(Has);

    public bool Has(string name) => (Text is null || name.Contains(Text, StringComparison.OrdinalIgnoreCase))
        && (After is null || string.CompareOrdinal(name, After) > 0);
}
