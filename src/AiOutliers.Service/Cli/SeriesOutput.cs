using System.Text.Json;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Json;

namespace AiOutliers.Service.Cli;

/// <summary>Writes the reports of many series, one by one: as a JSON list, or as CSV whose first columns are the dimensions.</summary>
internal sealed class SeriesOutput : IDisposable
{
    private readonly Utf8JsonWriter? _json;
    private readonly TextWriter? _csv;
    private readonly IReadOnlyList<string> _dimensions;
    private bool _hasHeader;

    private SeriesOutput(Utf8JsonWriter? json, TextWriter? csv, IReadOnlyList<string> dimensions)
    {
        (_json, _csv, _dimensions) = (json, csv, dimensions);
        _json?.WriteStartArray();
    }

    /// <summary>Null where the format has no rows: a table.</summary>
    public static SeriesOutput? Open(string? format, IReadOnlyList<string> dimensions, Stream stream) => format switch
    {
        "json" => new(new Utf8JsonWriter(stream, JsonWriting.Options with { Indented = true }), null, dimensions),
        "csv" => new(null, new StreamWriter(stream), dimensions),
        _ => null,
    };

    public void Add(SeriesReport report)
    {
        if (_json is not null)
        {
            AnalysisJson.Write(_json, report);
            _json.Flush();
        }
        else if (_csv is not null && report.Report is { } joint)
            WriteRows(_csv, report, joint);
    }

    public void Dispose()
    {
        _json?.WriteEndArray();
        _json?.Dispose();
        _csv?.Dispose();
    }

    private void WriteRows(TextWriter csv, SeriesReport report, JointReport joint)
    {
        var values = report.Key.Parts.ToDictionary();
        ReportCsv.Write(csv, joint, _hasHeader ? null : _dimensions, [.. _dimensions.Select(name => values.GetValueOrDefault(name, ""))]);
        _hasHeader = true;
    }
}
