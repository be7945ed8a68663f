namespace AiOutliers.Druid.Embedded;

/// <summary>The file of a data source.</summary>
/// <param name="path">The file.</param>
/// <param name="schema">The schema beside it, which need not exist.</param>
/// <param name="version">When either of them was written last.</param>
internal sealed class DataFile(string path, string schema, DateTime version)
{
    /// <summary>Of CSV at once; more than one line may have. The database would take 32 MB for each thread.</summary>
    private const string BufferBytes = "4194304";

    /// <summary>Without its folder.</summary>
    public string Name => Path.GetFileName(path);

    public DateTime Version => version;

    /// <summary>What a statement reads from.</summary>
    public string Source
    {
        get
        {
            var file = DataFiles.Literal(path);
            return path.EndsWith(".parquet", StringComparison.Ordinal) ? $"read_parquet({file})"
                : Name.Contains(".csv", StringComparison.Ordinal) ? $"read_csv({file}, buffer_size = {BufferBytes})"
                : $"read_json({file})";
        }
    }

    /// <summary>The same with <c>file_row_number</c>; null where the format does not tell it.</summary>
    public string? NumberedSource => path.EndsWith(".parquet", StringComparison.Ordinal)
        ? $"read_parquet({DataFiles.Literal(path)}, file_row_number = true)"
        : null;

    /// <summary>How Druid would have ingested it; null where nothing says so.</summary>
    public IngestionSchema? Schema() => IngestionSchema.Read(schema, Path.GetFileName(schema));
}
