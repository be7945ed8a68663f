namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>A window of blocks that is higher or lower than both of its sides.</summary>
/// <param name="Start">The first block.</param>
/// <param name="End">One past the last block.</param>
/// <param name="Change">By how much, in the blocks' unit; the sign is the direction.</param>
/// <param name="Score">|change| against what windows of this width usually differ by.</param>
internal readonly record struct Pulse(int Start, int End, double Change, double Score)
{
    public int Length => End - Start;

    public bool SameDirection(Pulse other) => Change > 0 == other.Change > 0;

    /// <summary>Blocks between the two; negative when they overlap.</summary>
    public int Gap(Pulse other) => Math.Max(Start - other.End, other.Start - End);
}
