using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Embedded;

/// <summary>A part of a post-aggregation, evaluated for some rows at once.</summary>
internal abstract record ColumnExpression
{
    /// <summary>Rows at once: what each level keeps meanwhile, 2 kB, fits on the stack fifty times.</summary>
    public const int Block = 256;

    /// <summary>
    /// A null among the values. It is a NaN, as missing values are in tables, with bits that no computation makes: a NaN of the data divided by zero
    /// is 0, a null is null.
    /// </summary>
    public static readonly double Null = BitConverter.Int64BitsToDouble(NullBits);

    private const long NullBits = 0x7FF8_6E75_6C6C_0000;

    /// <param name="table">Holds the columns that are known already.</param>
    /// <param name="start">The first row.</param>
    /// <param name="result">One value per row, at most <see cref="Block"/>.</param>
    public abstract void Evaluate(MetricTableBuilder table, int start, Span<double> result);

    private static bool IsNull(double value) => BitConverter.DoubleToInt64Bits(value) == NullBits;

    public sealed record Field(int Column) : ColumnExpression
    {
        public override void Evaluate(MetricTableBuilder table, int start, Span<double> result) => table.Values(Column).Slice(start, result.Length).CopyTo(result);
    }

    public sealed record Constant(double Value) : ColumnExpression
    {
        public override void Evaluate(MetricTableBuilder table, int start, Span<double> result) => result.Fill(Value);
    }

    public sealed record Operation(string Function, ColumnExpression Left, ColumnExpression Right) : ColumnExpression
    {
        public override void Evaluate(MetricTableBuilder table, int start, Span<double> result)
        {
            Span<double> right = stackalloc double[Block];
            right = right[..result.Length];
            Left.Evaluate(table, start, result);
            Right.Evaluate(table, start, right);
            for (var i = 0; i < right.Length; i++)
                result[i] = IsNull(result[i]) || IsNull(right[i]) ? Null : Of(result[i], right[i]);
        }

        private double Of(double left, double right) => Function switch
        {
            "+" => left + right,
            "-" => left - right,
            "*" => left * right,
            "/" when right == 0 => 0,
            _ => left / right,
        };
    }
}
