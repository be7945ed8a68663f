namespace AiOutliers.Druid.Embedded;

/// <param name="Sql">An expression for the column's value.</param>
/// <param name="Kind">What it holds.</param>
internal readonly record struct Column(string Sql, ColumnKind Kind)
{
    public static readonly Column Missing = new("NULL", ColumnKind.Missing);

    public bool IsNumber => Kind is ColumnKind.Long or ColumnKind.Double;

    /// <summary>The value as a number. Text that is not a number counts as 0 in sums, as in Druid.</summary>
    public string AsNumber(string type) => Kind switch
    {
        // Java cuts the fraction off where SQL would round.
        ColumnKind.Double when type == "BIGINT" => $"trunc({Sql})::BIGINT",
        ColumnKind.Text => $"coalesce(try_cast({Sql} AS DOUBLE), 0)::{type}",
        ColumnKind.TextList => throw Unsupported.Feature("an aggregation of a multi-value column"),
        _ => $"({Sql})::{type}",
    };

    /// <summary>
    /// The condition on the value as text. A row of several values matches when one of them does; without values it is null.
    /// </summary>
    public string Matches(Func<string, string> condition) => Kind switch
    {
        ColumnKind.TextList => $"(CASE WHEN coalesce(len({Sql}), 0) = 0 THEN NULL "
            + $"ELSE EXISTS (SELECT 1 FROM (SELECT unnest({Sql}) AS v) WHERE {condition("v")}) END)",
        ColumnKind.Text => condition(Sql),
        _ => condition($"({Sql})::VARCHAR"),
    };

    /// <summary>Any text as a name in SQL.</summary>
    public static string Quote(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}
