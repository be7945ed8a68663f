using AiOutliers.Detection.Numerics;
using CsCheck;

namespace AiOutliers.Detection.Tests.Numerics;

/// <summary>Series for the kernels: ordinary numbers, and few different ones so that many are equal.</summary>
internal static class Samples
{
    public const double Relative = 1e-9;

    private static readonly Gen<double> Values = Gen.OneOf(Gen.Double[-1000, 1000], Gen.Int[-2, 2].Select(value => (double)value));

    private static readonly Gen<double> FewValues = Gen.Int[0, 2].Select(value => (double)value);

    public static Gen<double[]> Series(int shortest, int longest) =>
        from length in Gen.Int[shortest, longest]
        from few in Gen.Bool
        from series in (few ? FewValues : Values).Array[length]
        select series;

    public static Scratch Scratch(int length) => new(new double[length]);

    public static bool Near(double ours, double reference) => Math.Abs(ours - reference) <= Relative * Math.Max(1, Math.Abs(reference));

    public static bool Near(double[] ours, double[] reference) =>
        ours.Length == reference.Length && ours.Zip(reference).All(pair => Near(pair.First, pair.Second));
}
