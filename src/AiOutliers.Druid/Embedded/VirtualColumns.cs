using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>Columns that a query computes. Each may name those before it.</summary>
internal static class VirtualColumns
{
    public static DataTable AddTo(DataTable table, DruidQuery query, SqlParameters parameters)
    {
        foreach (var column in query.VirtualColumns ?? [])
        {
            if (column.Type != "expression")
                throw Unsupported.Feature($"a virtual column of type '{column.Type}'");
            var name = column.Name ?? throw Unsupported.Wrong("a virtual column has no name");
            var value = ExpressionSql.Translate(column.Expression ?? "", table.Column, parameters);
            var (type, kind) = column.OutputType?.ToUpperInvariant() switch
            {
                "LONG" => ("BIGINT", ColumnKind.Long),
                "STRING" => ("VARCHAR", ColumnKind.Text),
                _ => ("DOUBLE", ColumnKind.Double),
            };
            table = table with
            {
                Sql = $"(SELECT *, ({value.Sql})::{type} AS {Column.Quote(name)} FROM {table.Sql})",
                Columns = new Dictionary<string, ColumnKind>(table.Columns) { [name] = kind },
            };
        }
        return table;
    }
}
