using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>Windows of any width over the blocks, each against the level before and the level behind it.</summary>
internal readonly ref struct PulseWindows
{
    /// <summary>The smaller of u and v is at least this share of the larger: the edge of a weekend differs from one side only.</summary>
    private const double Symmetry = 0.5;

    private readonly PooledBuffer _before, _after, _sums, _counts;

    /// <param name="y">The blocks without their usual day; NaN where missing.</param>
    public PulseWindows(ReadOnlySpan<double> y, DayGrid grid, PulseRules rules)
    {
        Blocks = y.Length;
        _before = new(Blocks + 1);
        _after = new(Blocks + 1);
        _sums = new(Blocks + 1);
        _counts = new(Blocks + 1);
        PulseSides.Fill(y, grid, rules, _before.Span, _after.Span);
        _sums.Span[0] = _counts.Span[0] = 0;
        for (var i = 0; i < Blocks; i++)
        {
            _sums.Span[i + 1] = _sums.Span[i] + (double.IsNaN(y[i]) ? 0 : y[i]);
            _counts.Span[i + 1] = _counts.Span[i] + (double.IsNaN(y[i]) ? 0 : 1);
        }
    }

    public int Blocks { get; }

    /// <summary>Whether a window that ends before this block has only one side.</summary>
    public bool IsOpen(int end) => double.IsNaN(_after.Span[end]);

    /// <summary>u of all windows of one width, by their first block: the change from what was before; NaN where that is missing.</summary>
    public void Changes(int width, Span<double> one)
    {
        for (var a = 0; a < one.Length; a++)
            one[a] = Mean(a, width) - _before.Span[a];
    }

    /// <summary>The same, and their changes from both sides.</summary>
    /// <param name="one">u.</param>
    /// <param name="both">The change seen from both sides; 0 where they do not agree, NaN where one is not there.</param>
    /// <param name="spare">Room for as many.</param>
    /// <returns>(u + v)/2 of every window with two sides.</returns>
    public Span<double> Changes(int width, Span<double> one, Span<double> both, Span<double> spare)
    {
        var count = 0;
        for (var a = 0; a < both.Length; a++)
        {
            var mean = Mean(a, width);
            var (u, v) = (mean - _before.Span[a], mean - _after.Span[a + width]);
            var middle = (u + v) / 2;
            var agree = u * v > 0 && Math.Min(Math.Abs(u), Math.Abs(v)) >= Symmetry * Math.Max(Math.Abs(u), Math.Abs(v));
            one[a] = u;
            both[a] = agree || double.IsNaN(middle) ? middle : 0;
            if (!double.IsNaN(middle))
                spare[count++] = middle;
        }
        return spare[..count];
    }

    public void Dispose()
    {
        _before.Dispose();
        _after.Dispose();
        _sums.Dispose();
        _counts.Dispose();
    }

    /// <summary>With half of it missing, a window is another, shorter one.</summary>
    private double Mean(int start, int width)
    {
        var known = _counts.Span[start + width] - _counts.Span[start];
        return 2 * known > width ? (_sums.Span[start + width] - _sums.Span[start]) / known : double.NaN;
    }
}
