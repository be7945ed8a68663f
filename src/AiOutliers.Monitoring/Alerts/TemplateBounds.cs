using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>
/// A range of a template is made as a list before its first round: its length is bounded, and so is what templates write.
/// </summary>
internal sealed class TemplateBounds : AstRewriter
{
    /// <summary>More rounds than any message has lines.</summary>
    private const int MostNumbers = 10_000;

    protected override Expression VisitRangeExpression(RangeExpression rangeExpression) => new BoundedRange(rangeExpression);

    private sealed class BoundedRange(RangeExpression range) : Expression
    {
        public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
        {
            var from = (await range.From.EvaluateAsync(context)).ToNumberValue();
            var to = (await range.To.EvaluateAsync(context)).ToNumberValue();
            if (to - from >= MostNumbers)
                throw new InvalidOperationException($"a range has more than {MostNumbers} numbers");
            return await range.EvaluateAsync(context);
        }
    }
}
