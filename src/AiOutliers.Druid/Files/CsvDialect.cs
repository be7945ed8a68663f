using System.Globalization;

namespace AiOutliers.Druid.Files;

/// <summary>How a CSV file is written, as far as its first lines tell; the database finds out the rest.</summary>
/// <param name="Separator">The separator that a line <c>sep=;</c> names, or that the header has; null leaves it to the database.</param>
/// <param name="SkippedLines">Lines before the header.</param>
/// <param name="HasHeader">Whether the first line names the columns.</param>
internal sealed record CsvDialect(char? Separator, int SkippedLines, bool HasHeader)
{
    /// <summary>Whether the first column has no name: the number of the row, as writers in Python leave it.</summary>
    public bool IsFirstUnnamed { get; private init; }

    /// <summary>The options of <c>read_csv</c>.</summary>
    public string Options
    {
        get
        {
            var separator = Separator switch { null => "", '\t' => "delim = '\t', ", { } other => $"delim = '{other}', " };
            var header = HasHeader ? "true" : "false";
            return string.Create(CultureInfo.InvariantCulture, $"{separator}header = {header}, skip = {SkippedLines}");
        }
    }

    public static CsvDialect Of(string path, InputOptions options)
    {
        using var reader = new StreamReader(path);
        var (skipped, separator) = (0, (char?)null);
        var line = reader.ReadLine() ?? "";
        if (line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && line.Length >= 5)
        {
            (separator, skipped) = (line[4], 1);
            line = reader.ReadLine() ?? "";
        }
        separator ??= SeparatorOf(line);
        var fields = line.Split(separator ?? ',').Select(static field => field.Trim().Trim('"')).ToArray();
        return new(separator, skipped, HasHeader: !fields.Any(field => options.TryTime(field, out _))) { IsFirstUnnamed = fields[0] == "" };
    }

    /// <summary>Of the usual ones the one that the line has most of; null where it has none.</summary>
    private static char? SeparatorOf(string line)
    {
        var best = new[] { ',', ';', '\t', '|' }.MaxBy(separator => line.Count(character => character == separator));
        return line.Contains(best, StringComparison.Ordinal) ? best : null;
    }
}
