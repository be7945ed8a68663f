using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AiOutliers.Detection.Detectors.Seasonal.Newest;

/// <summary>What <see cref="NewestPoint"/> keeps of a series: scales and thresholds, which change slowly. 84 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
public struct NewestMemory
{
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

    private byte _hidesWeekends;

    /// <summary>Whether weekends deviate from the usual day, so that what lasts cannot be judged on them.</summary>
    internal bool HidesWeekends
    {
        readonly get => _hidesWeekends != 0;
        set => _hidesWeekends = value ? (byte)1 : (byte)0;
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
