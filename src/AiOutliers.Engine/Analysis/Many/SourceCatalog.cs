using AiOutliers.Detection;
using AiOutliers.Druid;

namespace AiOutliers.Engine.Analysis.Many;

/// <summary>
/// What a source tells of its data sources, to explain an answer that lacks something. Where it cannot tell, nothing is explained.
/// </summary>
internal static class SourceCatalog
{
    /// <summary>More names are not read.</summary>
    private const int MostNames = 20;

    /// <summary>The data sources; none where the source cannot tell.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(IDruidSource? source, CancellationToken cancellation) =>
        await AskAsync(source, async catalog => await catalog.NamesAsync(cancellation)) ?? [];

    /// <summary>The columns of a data source; null where it does not exist, or the source cannot tell.</summary>
    public static Task<SourceColumns?> ColumnsAsync(IDruidSource? source, string table, CancellationToken cancellation) =>
        AskAsync(source, catalog => catalog.ColumnsAsync(table, cancellation));

    /// <summary>The first names, for a message.</summary>
    public static string Words(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");

    private static async Task<T?> AskAsync<T>(IDruidSource? source, Func<IDruidCatalog, Task<T?>> ask)
        where T : class
    {
        try
        {
            return source is IDruidCatalog catalog ? await ask(catalog) : null;
        }
        catch (AiOutliersException)
        {
            return null;
        }
    }
}
