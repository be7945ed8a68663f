namespace AiOutliers.Druid.Embedded;

/// <summary>A data source, loaded.</summary>
/// <param name="Sql">What stands after FROM.</param>
/// <param name="Columns">The columns that queries can name.</param>
/// <param name="Segments">
/// The first and last row's time of every UTC day that has rows, in order. Druid fills empty buckets only between them.
/// </param>
internal sealed record DataTable(string Sql, IReadOnlyDictionary<string, ColumnKind> Columns, IReadOnlyList<Interval> Segments)
{
    public const string Time = "__time";

    /// <summary>The order of the rows, for first and last.</summary>
    public const string Order = "__row";

    /// <summary>A data source that does not exist: Druid answers as if it had no rows.</summary>
    public static readonly DataTable Empty = new(
        $"(SELECT 0::BIGINT AS {Time}, 0::BIGINT AS {Order} WHERE false)", new Dictionary<string, ColumnKind>(), []);

    /// <summary>What holds its rows, and nothing else; null where they are still in the file.</summary>
    public string? Catalog { get; init; }

    /// <summary>Whether the rows are in a file whose parts know their times.</summary>
    public bool SkipsByTime { get; init; }

    /// <summary>What was left out of the file.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Null for one that does not exist.</summary>
    public SourceColumns? Describe() => ReferenceEquals(this, Empty) ? null : new(
        [.. Columns.Where(static column => column.Value is ColumnKind.Text or ColumnKind.TextList).Select(static column => column.Key)],
        [.. Columns.Where(static column => column.Value is ColumnKind.Long or ColumnKind.Double).Select(static column => column.Key)]);

    /// <summary>The rows of several with the same columns, as of one.</summary>
    public static DataTable Union(DataTable[] members)
    {
        if (members.Length == 0)
            throw Unsupported.Wrong("its union has no data sources");
        if (!members.All(member => HasSameColumns(member, members[0])))
            throw Unsupported.Feature("a union of data sources with different columns");
        return members[0] with
        {
            Sql = $"({string.Join(" UNION ALL BY NAME ", members.Select(static member => $"SELECT * FROM {member.Sql}"))})",
            Warnings = [.. members.SelectMany(static member => member.Warnings)],
            Segments = [.. members.SelectMany(static member => member.Segments).OrderBy(static segment => segment.Start)],
            SkipsByTime = false,
        };
    }

    /// <summary>The condition that a row lies in an interval.</summary>
    public string Within(Interval interval) =>
        FilterSql.Within(Time, interval) is var exact && SkipsByTime ? $"({exact} AND {LargeFile.Within(interval)})" : exact;

    public Column Column(string name) => name == Time ? new(Time, ColumnKind.Long)
        : Columns.TryGetValue(name, out var kind) ? new(Embedded.Column.Quote(name), kind) : Embedded.Column.Missing;

    private static bool HasSameColumns(DataTable one, DataTable other) =>
        one.Columns.Count == other.Columns.Count
        && one.Columns.All(column => other.Columns.GetValueOrDefault(column.Key) == column.Value);
}
