namespace AiOutliers.Druid.Embedded;

/// <summary>The files of a folder that can be data sources, by name.</summary>
internal sealed class DataFiles(string folder)
{
    private static readonly string[] Extensions = [".parquet", ".csv", ".csv.gz", ".json", ".json.gz"];

    /// <summary>In order. The folder is listed once: to find each by its name would list it as often as it has files.</summary>
    public IEnumerable<(string Name, DataFile File)> All() => Directory.EnumerateFiles(folder)
        .Select(static path => (Name: NameOf(Path.GetFileName(path)), Path: path)).Where(static one => one.Name is not null)
        .DistinctBy(static one => one.Name, StringComparer.Ordinal).OrderBy(static one => one.Name, StringComparer.Ordinal)
        .Select(one => (one.Name!, FileOf(one.Name!, one.Path)));

    /// <summary>In order.</summary>
    public IEnumerable<string> Names() => All().Select(static one => one.Name);

    /// <summary>The file of a data source. The name is compared with the listing and never made a path.</summary>
    public DataFile? Find(string name)
    {
        var files = Extensions.Select(extension => name + extension).ToArray();
        var path = Directory.EnumerateFiles(folder).FirstOrDefault(file => files.Contains(Path.GetFileName(file), StringComparer.Ordinal));
        return path is null ? null : FileOf(name, path);
    }

    /// <summary>Only for paths from our own listing: statements that create tables take no parameters.</summary>
    public static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private DataFile FileOf(string name, string path)
    {
        var schema = Path.Combine(folder, name + ".schema.json");
        return new(path, schema, new[] { path, schema }.Max(File.GetLastWriteTimeUtc));
    }

    /// <summary>Null for files that are not a data source: a schema, a picture.</summary>
    private static string? NameOf(string file) =>
        !file.EndsWith(".schema.json", StringComparison.Ordinal)
        && Array.Find(Extensions, extension => file.EndsWith(extension, StringComparison.Ordinal)) is { } extension
            ? file[..^extension.Length]
            : null;
}
