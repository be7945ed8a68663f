using System.Text;

namespace AiOutliers.Druid.Files;

/// <summary>The records of a CSV text one by one, with quotes around fields that hold a separator.</summary>
internal sealed class CsvRecords(TextReader text, char separator = ',')
{
    private readonly List<string> _fields = [];
    private readonly StringBuilder _field = new();

    /// <summary>The line on which the last record began.</summary>
    public int Line { get; private set; }

    /// <summary>The next record; null at the end. An empty line is one empty field. The list is filled anew by the next call.</summary>
    public IReadOnlyList<string>? Read()
    {
        if (text.ReadLine() is not { } line)
            return null;
        Line++;
        _fields.Clear();
        if (!line.Contains('"', StringComparison.Ordinal))
        {
            _fields.AddRange(line.Split(separator));
            return _fields;
        }
        ReadQuoted(line);
        return _fields;
    }

    private void ReadQuoted(string line)
    {
        var inQuotes = false;
        _field.Clear();
        for (var at = 0; ; at++)
        {
            if (at == line.Length)
            {
                if (!inQuotes || text.ReadLine() is not { } next)
                    break;
                _field.Append('\n');
                (line, at) = (next, -1);
            }
            else if (line[at] == '"' && inQuotes && at + 1 < line.Length && line[at + 1] == '"')
                _field.Append(line[at++]);
            else if (line[at] == '"')
                inQuotes = !inQuotes;
            else if (line[at] == separator && !inQuotes)
                EndField();
            else
                _field.Append(line[at]);
        }
        EndField();
    }

    private void EndField()
    {
        _fields.Add(_field.ToString());
        _field.Clear();
    }
}
