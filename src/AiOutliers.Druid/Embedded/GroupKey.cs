using System.Text.Json;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>A dimension to group by. A row with several values counts for each of them.</summary>
/// <param name="Name">The name in the answer.</param>
/// <param name="Sql">The value, in the type that the answer has.</param>
/// <param name="List">The column of several values that is spread first; null for plain columns.</param>
/// <param name="NoneIsNull">Whether a row without values counts for null (groupBy) or not at all (topN), as in Druid.</param>
internal sealed record GroupKey(string Name, string Sql, string? List, bool NoneIsNull)
{
    public static GroupKey Of(DimensionSpec spec, Func<string, Column> find, bool noneIsNull)
    {
        if (spec.Type is not (null or "default" or "extraction"))
            throw Unsupported.Feature($"a dimension of type '{spec.Type}'");
        var column = find(spec.Dimension ?? throw Unsupported.Wrong("a dimension has no name"));
        var name = spec.OutputName ?? spec.Dimension;
        var type = spec.Field("outputType")?.ToUpperInvariant() switch
        {
            null or "STRING" => "VARCHAR",
            "LONG" => "BIGINT",
            "FLOAT" or "DOUBLE" => "DOUBLE",
            var other => throw Unsupported.Feature($"the output type '{other}' of a dimension"),
        };
        if (spec.Type == "extraction")
        {
            var text = TimeFormatSql.Translate(FunctionOf(spec), spec.Dimension, column.Sql);
            return new(name, $"try_cast({text} AS {type})", null, noneIsNull);
        }
        var list = column.Kind == ColumnKind.TextList ? column.Sql : null;
        return new(name, $"try_cast({(list is null ? column.Sql : Spreaded(name))} AS {type})", list, noneIsNull);
    }

    private static JsonElement FunctionOf(DimensionSpec spec) =>
        spec.TryField("extractionFn", out var function)
            ? function
            : throw Unsupported.Wrong("a dimension of type 'extraction' has no extractionFn");

    /// <summary>The rows, once for each value of this key.</summary>
    public string Spread(string rows)
    {
        if (List is null)
            return rows;
        var values = NoneIsNull ? $"CASE WHEN coalesce(len({List}), 0) = 0 THEN [NULL] ELSE {List} END" : List;
        return $"(SELECT *, unnest({values}) AS {Spreaded(Name)} FROM {rows})";
    }

    private static string Spreaded(string name) => Column.Quote("__value_of_" + name);
}
