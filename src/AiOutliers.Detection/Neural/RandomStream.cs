namespace AiOutliers.Detection.Neural;

/// <summary>
/// Random numbers that depend on nothing but a key: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
/// The framework's generator promises no sequence across versions, and one stream per layer and part of a batch must not depend on the
/// number of cores.
/// </summary>
/// <param name="key">Equal keys give equal numbers.</param>
internal struct RandomStream(ulong key)
{
    /// <summary>2⁶⁴ divided by the golden ratio, odd: the paper's step.</summary>
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = key;

    /// <summary>A key made of two numbers.</summary>
    public static ulong Key(ulong first, ulong second) => Mix(Mix(first + Step) ^ (second * Step));

    public ulong Next() => Mix(_state += Step);

    /// <summary>Uniform in [0, 1).</summary>
    public float NextSingle() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>Uniform in [0, <paramref name="below"/>); the bias, below/2⁶⁴, is nothing.</summary>
    public int NextInt(int below) => (int)Math.BigMul(Next(), (ulong)below, out _);

    /// <summary>Two independent standard normal numbers (Box, Muller 1958).</summary>
    public (double First, double Second) NextNormals()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * NextDouble());
        return (radius * cosine, radius * sine);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
