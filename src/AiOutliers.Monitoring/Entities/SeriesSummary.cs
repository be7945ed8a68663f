using System.Runtime.InteropServices;
using AiOutliers.Detection.Detectors.Seasonal.Newest;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring.Entities;

/// <summary>What is kept of a series beside its values: 104 bytes, the same in memory and in a file.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct SeriesSummary
{
    private float _base;
    private short _shift;
    private byte _flags;

    /// <summary>The next judgement looks at the whole series: it is new, or what is known of it does not hold any more.</summary>
    private const byte Due = 1, Signed = 2;

    /// <summary>Why the last judgement of the whole series had no verdict: the place in the state's list; 0 where it had one.</summary>
    public byte NoVerdict;

    /// <summary>Up to this bucket the whole series is judged, because something was found.</summary>
    public uint HotUntil;

    /// <summary>The first of the windows, one after the other up to the last one, in which something was found; 0: nothing was.</summary>
    public uint FoundFrom;

    /// <summary>Up to this bucket each is looked at closely: something was found, or a change of level was near.</summary>
    public uint CloselyUntil;

    /// <summary>What tells whether a new value is worth a judgement.</summary>
    public NewestMemory Known;

    /// <summary>
    /// Something was found: the whole series is judged as long as the incident may go on. It is looked at closely for a day more: a level
    /// that is about to end, or to be taken for another, passes its threshold more than once, and a flood stays in the windows of what
    /// lasts.
    /// </summary>
    /// <param name="end">The bucket after it.</param>
    /// <param name="layout">How long a bucket is.</param>
    public void Found(uint end, EntityLayout layout)
    {
        HotUntil = Math.Max(HotUntil, end + Hot(layout));
        CloselyUntil = Math.Max(CloselyUntil, HotUntil + (uint)layout.BucketsPerDay);
    }

    /// <summary>The first of the windows in which something was found, one after the other up to a bucket; null where it was not.</summary>
    public readonly uint? FoundUpTo(uint bucket, EntityLayout layout) =>
        FoundFrom > 0 && HotUntil == bucket + Hot(layout) ? FoundFrom : null;

    private static uint Hot(EntityLayout layout) =>
        (uint)Math.Max(IncidentLife.OrdinaryBuckets + 1, IncidentLife.ReopenMilliseconds / layout.Step);

    public CompactScale Scale
    {
        readonly get => new(_base, _shift, (_flags & Signed) != 0);
        set => (_base, _shift, _flags) = (value.Base, value.Shift, (byte)(_flags & ~Signed | (value.IsSigned ? Signed : 0)));
    }

    public bool IsDue
    {
        readonly get => (_flags & Due) != 0;
        set => _flags = (byte)(_flags & ~Due | (value ? Due : 0));
    }
}
