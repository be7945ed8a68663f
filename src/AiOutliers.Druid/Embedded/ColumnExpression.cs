using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Embedded;

/// <summary>A part of a post-aggregation, evaluated for some rows at once.</summary>
internal abstract record ColumnExpression
{
    /// <summary>Rows at once: what each level keeps meanwhile, 2 kB, fits on the stack fifty times.</summary>
    public const int Block = 256;

    /// <param name="table">Holds the columns that are known already.</param>
    /// <param name="start">The first row.</param>
    /// <param name="result">One value per row, at most <see cref="Block"/>.</param>
    public abstract void Evaluate(MetricTableBuilder table, int start, Span<double> result);

    public sealed record Field(int Column) : ColumnExpression
    {
        public override void Evaluate(MetricTableBuilder table, int start, Span<double> result) =>
            table.Values(Column).Slice(start, result.Length).CopyTo(result);
    }

    public sealed record Constant(double Value) : ColumnExpression
    {
        public override void Evaluate(MetricTableBuilder table, int start, Span<double> result) => result.Fill(Value);
    }

    /// <summary>The first of the operands, with each of the others in order.</summary>
    public sealed record Chain(ColumnFunction Function, ColumnExpression[] Operands) : ColumnExpression
    {
        public override void Evaluate(MetricTableBuilder table, int start, Span<double> result)
        {
            Span<double> right = stackalloc double[Block];
            right = right[..result.Length];
            Operands[0].Evaluate(table, start, result);
            foreach (var operand in Operands.AsSpan(1))
            {
                operand.Evaluate(table, start, right);
                ColumnFunctions.Apply(Function, result, right);
            }
        }
    }
}
