using AiOutliers.Detection;

namespace AiOutliers.Engine.Evaluation;

/// <summary>Finds the labelled series among files and folders.</summary>
public static class LabelledFiles
{
    private static readonly string[] TimeColumns = ["timestamp", "__time", "time"];

    /// <param name="data">
    /// Files, which must be labelled series; and folders, searched with all below: what is not a labelled series there is left out.
    /// </param>
    /// <returns>The series, ordered by name; and the CSV files that were left out.</returns>
    /// <exception cref="AiOutliersException">A path does not exist, a file is not a labelled series, or there is none at all.</exception>
    public static (IReadOnlyList<LabelledFile> Files, IReadOnlyList<string> LeftOut) Find(IReadOnlyList<string> data)
    {
        var windows = new NabWindows();
        var files = new Dictionary<string, LabelledFile>(StringComparer.Ordinal);
        var leftOut = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (path, isNamed) in data.SelectMany(PathsOf))
        {
            var (file, reason) = Recognize(path, windows);
            if (file is not null)
                files[path] = file;
            else if (isNamed)
                throw new AiOutliersException(ErrorKind.BadInput, $"'{path}' is not a labelled series: {reason}");
            else
                leftOut.Add(path);
        }
        return files.Count > 0
            ? ([.. files.Values.OrderBy(file => file.Name, StringComparer.Ordinal).ThenBy(file => file.Path, StringComparer.Ordinal)],
                [.. leftOut])
            : throw new AiOutliersException(ErrorKind.BadInput,
                $"labelled series were not found in {string.Join(", ", data)}; a series is a CSV file "
                    + "with the header timestamp,value,label or Data,Label, "
                    + "or timestamp,value with NAB's combined_windows.json beside its folder");
    }

    /// <summary>A file itself, or the CSV files of a folder and all below.</summary>
    private static IEnumerable<(string Path, bool IsNamed)> PathsOf(string path)
    {
        var whole = Path.GetFullPath(path);
        if (File.Exists(path))
            return [(whole, true)];
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(whole, "*.csv", SearchOption.AllDirectories).Select(static found => (found, false))
            : throw new AiOutliersException(ErrorKind.BadInput, $"'{path}' is neither a file nor a folder");
    }

    private static (LabelledFile? File, string Reason) Recognize(string path, NabWindows windows)
    {
        var columns = CsvRows.Header(path);
        var group = new FileInfo(path).Directory?.Name ?? "";
        var name = $"{group}/{Path.GetFileNameWithoutExtension(path)}";
        var label = Array.FindIndex(columns, column => column.Equals("label", StringComparison.OrdinalIgnoreCase));
        var hasTime = columns.Any(column => TimeColumns.Contains(column, StringComparer.OrdinalIgnoreCase));
        return (columns.Length, label >= 0, hasTime) switch
        {
            (3, true, true) => (new(path, group, name, SeriesLayout.Own, []), ""),
            (2, true, false) => (new(path, group, name, SeriesLayout.TsbAd, []), ""),
            (2, false, true) => windows.Of(path) is { } list
                ? (new(path, group, name, SeriesLayout.Nab, list), "")
                : (null, "it has no column 'label', and no combined_windows.json beside its folder names it"),
            ( > 2, true, _) => (null, "it has several columns of values; one is judged at a time"),
            _ => (null,
                $"its header is '{string.Join(',', columns)}'; "
                    + "known are timestamp,value,label and Data,Label and, with combined_windows.json, timestamp,value"),
        };
    }
}
