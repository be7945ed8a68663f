using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace AiOutliers.Service.Console;

/// <summary>Which part of a long list a page shows. The address has its number, so that it can be shared and found again.</summary>
/// <param name="Field">The number's name in the address.</param>
/// <param name="Number">From 1.</param>
/// <param name="All">How many rows there are in all parts.</param>
public sealed record ListPart(string Field, long Number, long All)
{
    /// <summary>More rows nobody reads, and a page of them stays small.</summary>
    public const int Size = 50;

    public long First => All == 0 ? 0 : (Number - 1) * Size + 1;

    public long Last => Math.Min(All, Number * Size);

    public bool IsWhole => All <= Size;

    internal int Skip => (int)((Number - 1) * Size);

    /// <summary>What an address asks for; behind the end it is the last part.</summary>
    /// <param name="query">Of the address.</param>
    /// <param name="field">The number's name.</param>
    /// <param name="all">How many rows there are.</param>
    internal static ListPart Of(IQueryCollection query, string field, long all)
    {
        var asked = long.TryParse(query[field], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        return new(field, Math.Clamp(asked, 1, Math.Max(1, (all + Size - 1) / Size)), all);
    }

    internal IReadOnlyList<T> Of<T>(IEnumerable<T> rows) => [.. rows.Skip(Skip).Take(Size)];

    /// <summary>The address of another part: whatever else it says stays.</summary>
    /// <param name="path">Of the page.</param>
    /// <param name="address">What the page shows now.</param>
    /// <param name="number">Of the part.</param>
    internal string Address(string path, string address, long number)
    {
        var begin = address.IndexOf('?', StringComparison.Ordinal);
        var query = new QueryBuilder(QueryHelpers.ParseQuery(begin < 0 ? "" : address[begin..]).Where(one => one.Key != Field));
        if (number > 1)
            query.Add(Field, number.ToString(CultureInfo.InvariantCulture));
        return path + query;
    }
}
