using AiOutliers.Detection;

namespace AiOutliers.Druid;

/// <summary>What a source can tell of its data sources.</summary>
public interface IDruidCatalog
{
    /// <summary>Their names, in order.</summary>
    /// <exception cref="AiOutliersException">It was refused, failed, or was not answered in time.</exception>
    Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation = default);

    /// <summary>A part of their names, however many there are.</summary>
    /// <exception cref="AiOutliersException">It was refused, failed, or was not answered in time.</exception>
    async Task<IReadOnlyList<string>> PageAsync(NamePage page, CancellationToken cancellation = default) =>
        [.. page.Of(await NamesAsync(cancellation)).Take(page.Limit)];

    /// <summary>The columns of one; null when there is no data source of this name.</summary>
    /// <exception cref="AiOutliersException">It was refused, failed, or was not answered in time.</exception>
    Task<SourceColumns?> ColumnsAsync(string name, CancellationToken cancellation = default);
}
