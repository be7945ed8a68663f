using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Tests.Neural.Kernels;

public sealed class LstmCellTests
{
    private const double Tolerance = 1e-6;

    [Theory]
    [InlineData(1, true)]
    [InlineData(7, true)]
    [InlineData(8, false)]
    [InlineData(13, true)]
    [InlineData(24, true)]
    [InlineData(24, false)]
    public void Advance_AnyWidth_IsTheFormula(int units, bool hasBefore)
    {
        var random = new Random(units);
        var gates = Values(random, 4 * units);
        var before = hasBefore ? Values(random, units) : [];
        var given = gates.ToArray();
        var (cell, hidden) = (new float[units], new float[units]);

        LstmCell.Advance(gates, before, cell, hidden);

        for (var unit = 0; unit < units; unit++)
        {
            double Gate(int gate) => given[gate * units + unit];
            var c = Sigmoid(Gate(1)) * (hasBefore ? before[unit] : 0) + Sigmoid(Gate(0)) * Math.Tanh(Gate(2));
            ((double)cell[unit]).ShouldBe(c, Tolerance, $"c of unit {unit}");
            ((double)hidden[unit]).ShouldBe(Sigmoid(Gate(3)) * Math.Tanh(c), Tolerance, $"h of unit {unit}");
        }
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static float[] Values(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 8 - 4)];
}
