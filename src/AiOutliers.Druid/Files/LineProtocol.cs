using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Files;

/// <summary>
/// Reads InfluxDB's line protocol: <c>net,host=a bytes=1i,packets=2i 1709251200000000000</c>. Fields are metrics; the measurement and
/// each tag are a dimension. The digits of a time tell its unit, as everywhere.
/// </summary>
internal sealed class LineProtocol
{
    /// <summary>How the measurement is called where it is a dimension.</summary>
    private const string Measurement = "measurement";

    private readonly SeriesSetBuilder _builder = new() { MergesEqualTimes = true };
    private readonly TagDimensions _tags;
    private readonly string _name;
    private int _line;

    private LineProtocol(string name, InputOptions options) => (_name, _tags) = (name, new(_builder, options.By));

    /// <summary>Whether a file that begins so is written in it.</summary>
    public static bool Is(string firstLine) =>
        LineProtocolLine.TryParse(firstLine, out var line) && line.Fields.Count > 0 && !firstLine.StartsWith('"');

    public static async Task<SeriesSet> ReadAsync(Stream stream, string name, InputOptions options, CancellationToken cancellation)
    {
        var reader = new LineProtocol(name, options);
        using var lines = new StreamReader(stream, Encoding.UTF8);
        while (await lines.ReadLineAsync(cancellation) is { } line)
            reader.Read(line);
        return reader._tags.Build(name);
    }

    private void Read(string text)
    {
        _line++;
        if (string.IsNullOrWhiteSpace(text) || text.StartsWith('#'))
            return;
        if (!LineProtocolLine.TryParse(text, out var line))
            throw Wrong($"is not line protocol: {Shown(text)}");
        if (line.Time is null)
            throw Wrong("has no time at its end; write the file with one in every line");
        if (!Timestamps.TryParse(line.Time, out var time))
            throw Wrong($"has a time that cannot be used: {TimeProblem.Of(line.Time)}");
        var values = 0;
        foreach (var (field, value) in line.Fields)
            values += Take(field, value);
        if (values == 0)
            return;
        _tags.Set(Measurement, line.Measurement);
        foreach (var (tag, value) in line.Tags)
            _tags.Set(tag, value);
        _builder.AddRow(time, timestamp: null);
    }

    private int Take(string field, string value)
    {
        if (LineProtocolLine.Number(value) is not { } number)
        {
            _builder.Warn($"'{field}' is left out: it holds something other than numbers.");
            return 0;
        }
        _builder.Set(_builder.ColumnOf(field), number);
        return 1;
    }

    private AiOutliersException Wrong(string what) => TableFileReader.Wrong($"line {_line} of {_name} {what}");

    private static string Shown(string text) => $"'{(text.Length <= 60 ? text : text[..60] + "…")}'";
}
