using System.Numerics.Tensors;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>
/// In training sets a share of the values to zero and scales the rest up; otherwise the identity (Srivastava et al. 2014).
/// </summary>
public sealed class DropoutLayer(string name, double rate) : Layer(name)
{
    public override string Kind => "Dropout";

    /// <summary>The share of values set to zero in training.</summary>
    public double Rate => rate;

    /// <summary>The cache holds what each value was multiplied by: 0, or 1/(1 − rate).</summary>
    public override Shape Build(IReadOnlyList<Shape> inputs)
    {
        var input = Single(inputs);
        CachePerExample = rate > 0 ? input.Size : 0;
        return rate is >= 0 and < 1 ? input : throw Wrong($"drops {rate} of the values; a share of at least 0 and below 1 is needed");
    }

    public override void Forward(LayerPass pass)
    {
        if (!pass.Training || rate == 0)
        {
            pass.Input.CopyTo(pass.Result);
            return;
        }
        var random = new RandomStream(pass.RandomKey);
        var factors = pass.Cache.AsSpan(0, pass.Result.Length);
        var (share, kept) = ((float)rate, (float)(1 / (1 - rate)));
        for (var i = 0; i < factors.Length; i++)
            factors[i] = random.NextSingle() >= share ? kept : 0;
        TensorPrimitives.Multiply(pass.Input, factors, pass.Result);
    }

    public override void Backward(LayerPass pass)
    {
        if (pass.Training && rate > 0)
            TensorPrimitives.Multiply(pass.ResultGradient, pass.Cache.AsSpan(0, pass.Result.Length), pass.ResultGradient);
        pass.PassGradientOn();
    }
}
