using System.Data;
using Dapper;

namespace AiOutliers.Monitoring.Storage;

/// <summary>Which changes are wanted.</summary>
public sealed record AuditQuery
{
    public const int MostRows = 500;

    /// <summary>Of one person.</summary>
    public string? Actor { get; init; }

    /// <summary>Of one thing (<c>Monitor/edge</c>), or of all of a kind (<c>Monitor</c>).</summary>
    public string? Subject { get; init; }

    /// <summary>At this time or later, milliseconds since 1970.</summary>
    public long? From { get; init; }

    /// <summary>Before this time.</summary>
    public long? To { get; init; }

    /// <summary>Those with a smaller number: the next page.</summary>
    public long? Before { get; init; }

    public int Limit { get; init; } = 50;

    /// <summary>With their types: PostgreSQL does not guess that of a null.</summary>
    internal DynamicParameters Values()
    {
        var values = new DynamicParameters();
        values.Add(nameof(Actor), Actor, DbType.String);
        values.Add(nameof(Subject), Subject, DbType.String);
        values.Add("Kind", Subject is null ? null : Escaped(Subject) + "/%", DbType.String);
        values.Add(nameof(From), From, DbType.Int64);
        values.Add(nameof(To), To, DbType.Int64);
        values.Add(nameof(Before), Before, DbType.Int64);
        values.Add(nameof(Limit), Limit, DbType.Int32);
        return values;
    }

    private static string Escaped(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
