using System.Text.Json;
using AiOutliers.Detection;

namespace AiOutliers.Druid.Embedded;

/// <summary>How a file's columns become a table's.</summary>
/// <param name="Sql">What stands between SELECT and FROM.</param>
/// <param name="Columns">The columns that queries can name, without the time.</param>
internal sealed record TableLayout(string Sql, IReadOnlyDictionary<string, ColumnKind> Columns)
{
    /// <summary>The time's column as the file has it, where its statistics are of use; else null.</summary>
    public string? FileTime { get; init; }

    private static readonly string[] TimeNames = [DataTable.Time, "timestamp", "time"];

    public static TableLayout Of(IReadOnlyList<(string Name, string Type)> file, IngestionSchema? schema)
    {
        var types = file.ToDictionary(static column => column.Name, static column => column.Type, StringComparer.Ordinal);
        var time = schema?.TimestampSpec?.Column ?? TimeNames.FirstOrDefault(types.ContainsKey);
        if (time is null || !types.TryGetValue(time, out var timeType))
        {
            throw new AiOutliersException(
                ErrorKind.SourceFailed,
                "the data file has no time column; name it __time or timestamp, or name it in timestampSpec of NAME.schema.json");
        }
        var columns = Dimensions(file, schema, time)
            .Select(one => (one.Name, Field: (string?)one.Name, Kind: one.Kind ?? KindOf(types.GetValueOrDefault(one.Name, "VARCHAR"))))
            .Concat((schema?.MetricsSpec ?? []).Select(metric => MetricOf(metric, types))).ToList();
        var selected = columns.Select(one => $"{Source(one.Field, types)}::{TypeOf(one.Kind)} AS {Column.Quote(one.Name)}")
            .Prepend($"{TimeSql(Column.Quote(time), timeType)} AS {DataTable.Time}");
        var kinds = new Dictionary<string, ColumnKind>(StringComparer.Ordinal);
        foreach (var (name, _, kind) in columns)
            kinds[name] = kind;
        return new(string.Join(", ", selected), kinds) { FileTime = timeType == "TIMESTAMP" ? Column.Quote(time) : null };
    }

    /// <summary>Every row counts as one, where the metric is their number.</summary>
    private static (string Name, string? Field, ColumnKind Kind) MetricOf(MetricSpec metric, Dictionary<string, string> types)
    {
        var field = metric.FieldName ?? metric.Name;
        return metric.Type == "count"
            ? (metric.Name, null, ColumnKind.Long)
            : (metric.Name, field, MetricKind(metric, KindOf(types.GetValueOrDefault(field, "VARCHAR"))));
    }

    private static string Source(string? field, Dictionary<string, string> types) =>
        field is null ? "1" : types.ContainsKey(field) ? Column.Quote(field) : "NULL";

    /// <summary>The listed dimensions; without a list every column of the file but the time and the metrics.</summary>
    private static IEnumerable<(string Name, ColumnKind? Kind)> Dimensions(
        IReadOnlyList<(string Name, string Type)> file, IngestionSchema? schema, string time)
    {
        if (schema?.DimensionsSpec?.Dimensions is { } listed)
            return listed.Select(Listed);
        return file.Where(column => column.Name != time && schema?.MetricsSpec?.Any(metric => metric.Name == column.Name) != true)
            .Select(static column => (column.Name, (ColumnKind?)null));
    }

    private static (string Name, ColumnKind? Kind) Listed(JsonElement dimension)
    {
        if (dimension.ValueKind == JsonValueKind.String)
            return (dimension.GetString()!, null);
        var name = dimension.GetProperty("name").GetString()!;
        if (!dimension.TryGetProperty("type", out var type))
            return (name, null);
        return type.GetString() switch
        {
            "long" => (name, ColumnKind.Long),
            "double" or "float" => (name, ColumnKind.Double),
            _ => (name, null),
        };
    }

    /// <summary>A sketch keeps what was counted: texts, or, where the file holds counts already, numbers.</summary>
    private static ColumnKind MetricKind(MetricSpec metric, ColumnKind field) => metric.Type switch
    {
        "longSum" or "longMin" or "longMax" => ColumnKind.Long,
        "doubleSum" or "doubleMin" or "doubleMax" or "floatSum" or "floatMin" or "floatMax" => ColumnKind.Double,
        "hyperUnique" or "thetaSketch" => field,
        _ => throw new AiOutliersException(
            ErrorKind.BadConfiguration,
            $"the metric '{metric.Name}' of the schema has the type '{metric.Type}', which is not supported"),
    };

    private static ColumnKind KindOf(string type) => type switch
    {
        _ when type.EndsWith("[]", StringComparison.Ordinal) => ColumnKind.TextList,
        "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "UTINYINT" or "USMALLINT" or "UINTEGER" or "BOOLEAN" => ColumnKind.Long,
        "FLOAT" or "DOUBLE" or "HUGEINT" or "UBIGINT" => ColumnKind.Double,
        _ when type.StartsWith("DECIMAL", StringComparison.Ordinal) => ColumnKind.Double,
        _ => ColumnKind.Text,
    };

    private static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Long => "BIGINT",
        ColumnKind.Double => "DOUBLE",
        ColumnKind.TextList => "VARCHAR[]",
        _ => "VARCHAR",
    };

    private static string TimeSql(string column, string type) => type switch
    {
        "BIGINT" or "INTEGER" or "HUGEINT" or "UBIGINT" => $"{column}::BIGINT",
        "VARCHAR" => $"epoch_ms({column}::TIMESTAMPTZ)",
        // An infinite time is none.
        _ => $"CASE WHEN isfinite({column}) THEN epoch_ms({column}) END",
    };
}
