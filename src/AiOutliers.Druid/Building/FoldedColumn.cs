using System.Globalization;
using System.Text;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>A dimension in which all values but some become one: a virtual column.</summary>
public static class FoldedColumn
{
    /// <summary>What the others become.</summary>
    public const string Other = "*";

    /// <param name="name">The column's name.</param>
    /// <param name="dimension">What it is made of.</param>
    /// <param name="values">The values that stay; null always does.</param>
    public static VirtualColumnSpec Of(string name, string dimension, IEnumerable<string?> values)
    {
        var quoted = dimension.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        var column = $"cast(\"{quoted}\", 'STRING')";
        var list = string.Join(',', values.OfType<string>().Select(Quote));
        return new()
        {
            Type = "expression",
            Name = name,
            Expression = $"case_searched(isnull({column}), {column}, array_contains([{list}], {column}), {column}, '{Other}')",
            OutputType = "STRING",
        };
    }

    /// <summary>A text of an expression: what could end it, and what has no place in it, as a number.</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var sign in text)
        {
            if (sign is '\'' or '\\' || char.IsControl(sign))
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)sign:x4}");
            else
                quoted.Append(sign);
        }
        return quoted.Append('\'').ToString();
    }
}
