namespace AiOutliers.Monitoring.Entities;

/// <summary>
/// Numbers in 16 bits: a mantissa of 11 bits and an exponent, as in a float. Relative errors are at most 2^-12, integers below 4,096 are
/// exact, missing and zero have codes of their own. Below the least normal number the steps are even.
/// </summary>
/// <param name="Base">Is taken off first. Not 0 where all values lie close together, far from zero.</param>
/// <param name="Shift">The power of two of the least normal number.</param>
/// <param name="IsSigned">Whether numbers below the base can be kept; it costs half of the exponents.</param>
internal readonly record struct CompactScale(float Base, short Shift, bool IsSigned)
{
    public const ushort Missing = ushort.MaxValue;

    private const ushort Zero = ushort.MaxValue - 1, Most = ushort.MaxValue - 2;
    private const ushort Sign = 0x8000;
    private const int Mantissa = 11, One = 1 << Mantissa;

    /// <summary>Bits of a double's mantissa that are left out.</summary>
    private const int LeftOut = 52 - Mantissa;

    /// <summary>What a double's exponent and mantissa have above ours: 1 is our first normal number.</summary>
    private const long Above = 1022L << Mantissa;

    /// <summary>Powers of two above and below the largest value: what comes may be so much larger.</summary>
    private const int Headroom = 8, SignedHeadroom = 4, Exponents = 30, SignedExponents = 14;

    /// <summary>Of the values' size: a smaller range would lose in steps what it has in noise.</summary>
    private const double Narrow = 1.0 / 32;

    /// <summary>A scale for values of such sizes.</summary>
    /// <param name="values">NaN where missing.</param>
    public static CompactScale For(ReadOnlySpan<double> values)
    {
        var (minimum, maximum) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (value != 0 && double.IsFinite(value))
                (minimum, maximum) = (Math.Min(minimum, value), Math.Max(maximum, value));
        }
        if (minimum > maximum)
            return Of(0, 1, isSigned: false);
        var middle = (float)((minimum + maximum) / 2);
        return minimum < maximum && maximum - minimum < Narrow * Math.Abs(middle) && float.IsFinite(middle)
            ? Of(middle, maximum - minimum, isSigned: true)
            : Of(0, Math.Max(Math.Abs(minimum), Math.Abs(maximum)), isSigned: minimum < 0);
    }

    /// <returns>False where the scale does not reach so far.</returns>
    public bool TryEncode(double value, out ushort code)
    {
        code = double.IsFinite(value) ? Base == 0 ? (ushort)0 : Zero : Missing;
        if (value == 0 || code == Missing)
            return true;
        var rest = value - Base;
        var size = Math.ScaleB(Math.Abs(rest), -Shift);
        var magnitude = size < 1
            ? (long)Math.Round(size * One)
            : ((BitConverter.DoubleToInt64Bits(size) + (1L << (LeftOut - 1))) >> LeftOut) - Above;
        // What is not zero must not become it.
        if (magnitude == 0 && Base == 0)
            magnitude = 1;
        code = (ushort)(rest < 0 ? magnitude | Sign : magnitude);
        return IsSigned ? magnitude < Sign - 2 : rest >= 0 && magnitude <= Most;
    }

    public double Decode(ushort code)
    {
        if (code >= Zero)
            return code == Missing ? double.NaN : 0;
        long magnitude = IsSigned ? code & ~Sign : code;
        var size = magnitude < One ? (double)magnitude / One : BitConverter.Int64BitsToDouble((magnitude + Above) << LeftOut);
        size = Math.ScaleB(size, Shift);
        return Base + (IsSigned && (code & Sign) != 0 ? -size : size);
    }

    /// <summary>The values of some codes.</summary>
    public void Decode(ReadOnlySpan<ushort> codes, Span<double> values)
    {
        if (IsSigned)
        {
            for (var i = 0; i < codes.Length; i++)
                values[i] = Decode(codes[i]);
            return;
        }
        // The same without signs: many values are read at every bucket.
        var unit = Math.ScaleB(1, Shift);
        var step = unit / One;
        double origin = Base;
        for (var i = 0; i < codes.Length; i++)
        {
            var code = codes[i];
            values[i] = code < One ? origin + code * step
                : code < Zero ? origin + BitConverter.Int64BitsToDouble((code + Above) << LeftOut) * unit
                : code == Missing ? double.NaN : 0;
        }
    }

    private static CompactScale Of(float origin, double size, bool isSigned) => new(
        origin,
        (short)(Math.ILogB(size) + (isSigned ? SignedHeadroom - SignedExponents : Headroom - Exponents)),
        isSigned);
}
