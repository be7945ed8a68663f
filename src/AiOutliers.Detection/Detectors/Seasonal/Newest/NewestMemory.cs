using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AiOutliers.Detection.Detectors.Seasonal.Newest;

/// <summary>What <see cref="NewestPoint"/> keeps of a series: scales and thresholds, which change slowly. 84 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
public struct NewestMemory
{
    private const double WeekendSteps = 32;

    /// <summary>Divides the values; negative for a series with negative values, which is taken without roots.</summary>
    internal float Unit;

    /// <summary>The spread around the usual day, and the least that it is at a time of day.</summary>
    internal float Spread, LeastSpread;

    /// <summary>The spread around the surroundings, and of what neighbours do not predict.</summary>
    internal float LocalSpread, ErrorSpread;

    /// <summary>The most that the surroundings rise over half a window.</summary>
    internal Half MostRise;

    /// <summary>Mean and median without spikes, what a spike is, and how much the spread of errors follows the time of day.</summary>
    internal Half Mean, Median, Spike, Mix;

    internal Half SharpThreshold, SustainedThreshold;

    internal FilterWeights Filter;

    private byte _weekends;

    /// <summary>
    /// The energy of weekends over that of working days: 1 where they do not deviate from the usual day, 0 where nobody knows, at most 8.
    /// </summary>
    internal double Weekends
    {
        readonly get => _weekends / WeekendSteps;
        set => _weekends = (byte)Math.Min(value * WeekendSteps, byte.MaxValue);
    }

    /// <summary>The error filter: 1, then the weights.</summary>
    internal readonly void CopyFilter(Span<double> filter)
    {
        filter[0] = 1;
        for (var i = 0; i < FilterWeights.Count; i++)
            filter[i + 1] = (double)Filter[i];
    }

    public readonly bool IsLearned => Unit != 0;

    [InlineArray(Count)]
    internal struct FilterWeights
    {
        public const int Count = 24;
        private Half _first;
    }
}
