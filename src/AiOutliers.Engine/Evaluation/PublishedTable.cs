using AiOutliers.Detection;

namespace AiOutliers.Engine.Evaluation;

/// <summary>
/// What others reach (VUS-PR): a CSV with the columns <c>series</c> and one per method; <c>points</c> and <c>anomalous</c> may be among
/// them. Rows named <c>mean</c> are left out.
/// </summary>
public sealed class PublishedTable
{
    private static readonly string[] NoMethods = ["series", "points", "anomalous"];

    private readonly Dictionary<string, (int Points, double[] Values)> _series = new(StringComparer.Ordinal);

    /// <summary>The methods' names.</summary>
    public IReadOnlyList<string> Methods { get; private init; } = [];

    /// <exception cref="AiOutliersException">The file cannot be read as such a table.</exception>
    public static PublishedTable Read(string path)
    {
        if (!File.Exists(path))
            throw new AiOutliersException(ErrorKind.BadInput, $"the file '{path}' was not found");
        var header = CsvRows.Header(path);
        var (name, points) = (Array.IndexOf(header, "series"), Array.IndexOf(header, "points"));
        int[] methods = [.. Enumerable.Range(0, header.Length).Where(column => !NoMethods.Contains(header[column]))];
        if (name < 0 || methods.Length == 0)
            throw new AiOutliersException(ErrorKind.BadInput,
                $"'{path}' is not a table of published figures; it needs the columns 'series' and one per method");
        var table = new PublishedTable { Methods = [.. methods.Select(column => header[column])] };
        foreach (var (line, fields) in CsvRows.Read(path))
        {
            if (fields[name] != "mean")
            {
                table._series[WithoutExtension(fields[name])] = (points >= 0 && int.TryParse(fields[points], out var rows) ? rows : 0,
                    Array.ConvertAll(methods, column => CsvRows.Number(path, line, fields[column])));
            }
        }
        return table;
    }

    /// <summary>One value per method, by the series' name with its folder or without.</summary>
    public IReadOnlyList<double>? Of(LabelledFile file) => Find(file)?.Values;

    /// <summary>The method that does best on a series; null where none is published.</summary>
    public (double VusPr, string Method)? BestOf(LabelledFile file) => Of(file) is { } values
        ? values.Zip(Methods, (value, method) => ((double VusPr, string Method)?)(value, method))
            .Where(entry => double.IsFinite(entry!.Value.VusPr))
            .MaxBy(entry => entry!.Value.VusPr)
        : null;

    /// <summary>How many rows the published series has; 0 where that is not said.</summary>
    public int PointsOf(LabelledFile file) => Find(file)?.Points ?? 0;

    private (int Points, double[] Values)? Find(LabelledFile file) =>
        _series.TryGetValue(file.Name, out var entry) || _series.TryGetValue(Path.GetFileNameWithoutExtension(file.Path), out entry)
            ? entry
            : null;

    private static string WithoutExtension(string name) => name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
}
