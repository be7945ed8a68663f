using System.Numerics;

namespace AiOutliers.Druid.Embedded;

/// <summary>Arithmetic of Druid's post-aggregations over columns in which a number may be null.</summary>
internal static class ColumnFunctions
{
    /// <summary>
    /// A null among the values. It is a NaN, as missing values are in tables, with bits that no computation makes: data
    /// that is NaN divided by zero is 0, a null is null.
    /// </summary>
    public static readonly double Null = BitConverter.Int64BitsToDouble(NullBits);

    private const long NullBits = 0x7FF8_6E75_6C6C_0000;

    /// <summary>The function of a name in a query; null for those that are not computed here.</summary>
    public static ColumnFunction? Of(string? name) => name switch
    {
        "+" => ColumnFunction.Plus,
        "-" => ColumnFunction.Minus,
        "*" => ColumnFunction.Times,
        "/" => ColumnFunction.Over,
        "quotient" => ColumnFunction.Quotient,
        _ => null,
    };

    /// <summary>left = function(left, right), value by value; null where one of them is.</summary>
    /// <param name="function">The function.</param>
    /// <param name="left">The left sides, then the results.</param>
    /// <param name="right">As many right sides.</param>
    public static void Apply(ColumnFunction function, Span<double> left, ReadOnlySpan<double> right)
    {
        var i = 0;
        for (; i <= left.Length - Vector<double>.Count; i += Vector<double>.Count)
            Apply(function, new Vector<double>(left[i..]), new Vector<double>(right[i..])).CopyTo(left[i..]);
        for (; i < left.Length; i++)
            left[i] = Apply(function, new Vector<double>(left[i]), new Vector<double>(right[i]))[0];
    }

    private static Vector<double> Apply(ColumnFunction function, Vector<double> left, Vector<double> right)
    {
        var value = function switch
        {
            ColumnFunction.Plus => left + right,
            ColumnFunction.Minus => left - right,
            ColumnFunction.Times => left * right,
            ColumnFunction.Over => Vector.ConditionalSelect(Vector.Equals(right, Vector<double>.Zero), Vector<double>.Zero, left / right),
            _ => left / right,
        };
        return Vector.ConditionalSelect(IsNull(left) | IsNull(right), new Vector<double>(Null), value);
    }

    private static Vector<long> IsNull(Vector<double> values) => Vector.Equals(Vector.AsVectorInt64(values), new Vector<long>(NullBits));
}
