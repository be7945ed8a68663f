namespace AiOutliers.Detection.Numerics;

/// <summary>
/// Working memory, cut from one block. Passed by value: what a method takes is free again when it returns. The contents are whatever was
/// there before.
/// </summary>
internal ref struct Scratch(Span<double> memory)
{
    private Span<double> _free = memory;

    public Span<double> Take(int length)
    {
        var taken = _free[..length];
        _free = _free[length..];
        return taken;
    }
}
