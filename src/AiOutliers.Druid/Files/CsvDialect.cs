using System.Text.RegularExpressions;

namespace AiOutliers.Druid.Files;

/// <summary>How a CSV file is written, as its first lines tell.</summary>
/// <param name="Separator">The separator that a line <c>sep=;</c> names, or that the header has; null where it has none.</param>
/// <param name="NewLine">What ends a line, after a carriage return or not.</param>
/// <param name="Header">The first row.</param>
/// <param name="HasHeader">Whether it names the columns.</param>
/// <param name="Start">Where the rows begin.</param>
internal sealed partial record CsvDialect(char? Separator, byte NewLine, IReadOnlyList<string> Header, bool HasHeader, int Start)
{
    private static readonly char[] Usual = [',', ';', '\t', '|'];

    /// <summary>The names of the columns, each once; the first may have none: the row's number, as writers in Python leave it.</summary>
    public List<string> Names()
    {
        var names = new List<string>();
        for (var column = 0; column < Header.Count; column++)
        {
            var name = HasHeader ? Header[column].Trim() : "";
            if (name == "" && (column > 0 || !HasHeader))
                name = $"column{column + 1}";
            var unique = name;
            for (var other = 1; names.Contains(unique); other++)
                unique = $"{name}_{other}";
            names.Add(unique);
        }
        return names;
    }

    /// <param name="head">The first lines.</param>
    /// <param name="options">How times are written.</param>
    public static CsvDialect Of(ReadOnlySpan<byte> head, InputOptions options)
    {
        var newLine = head.Contains((byte)'\n') ? (byte)'\n' : (byte)'\r';
        var start = head.StartsWith("\uFEFF"u8) ? 3 : 0;
        var (line, end) = Line(head, start, newLine);
        char? separator = null;
        if (line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && line.Length >= 5)
        {
            (separator, start) = (line[4], end);
            (line, end) = Line(head, start, newLine);
        }
        // Comments; but a header may begin with the sign, too: it stands right above the first time.
        while (line.StartsWith('#') && Line(head, end, newLine) is var next && !HasTime(Fields(next.Text, separator), options))
            (start, (line, end)) = (end, next);
        separator ??= SeparatorOf(line);
        var fields = Fields(line, separator);
        var hasHeader = !HasTime(fields, options);
        // Druid SQL can give the columns' types below their names.
        while (hasHeader && Line(head, end, newLine) is var types && Types().IsMatch(types.Text))
            end = types.End;
        return new(separator, newLine, fields, hasHeader, hasHeader ? end : start);
    }

    private static (string Text, int End) Line(ReadOnlySpan<byte> head, int start, byte newLine)
    {
        var rest = head[start..];
        var length = rest.IndexOf(newLine) is var found and >= 0 ? found : rest.Length;
        return (FieldText.Of(rest[..length].TrimEnd((byte)'\r')), Math.Min(head.Length, start + length + 1));
    }

    private static bool HasTime(List<string> fields, InputOptions options) => fields.Exists(field => options.TryTime(field.Trim(), out _));

    private static List<string> Fields(string line, char? separator) =>
        [.. new CsvRecords(new StringReader(line), separator ?? SeparatorOf(line) ?? ',').Read() ?? [""]];

    /// <summary>Of the usual ones the one that the line has most of; null where it has none.</summary>
    private static char? SeparatorOf(string line)
    {
        var best = Usual.MaxBy(separator => line.Count(character => character == separator));
        return line.Contains(best, StringComparison.Ordinal) ? best : null;
    }

    [GeneratedRegex(@"^(LONG|DOUBLE|FLOAT|STRING|TIMESTAMP|DATE|BIGINT|INTEGER|VARCHAR|BOOLEAN|OTHER|(COMPLEX|ARRAY)<.*>)(,[A-Za-z<>]+)*$")]
    private static partial Regex Types();
}
