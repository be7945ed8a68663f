namespace AiOutliers.Samples.FlowCells;

/// <summary>What one window has, per cell.</summary>
internal sealed class CellSums
{
    public Dictionary<ulong, (double Flows, double Bytes, double Errors)> Cells { get; } = [];

    public double Flows { get; private set; }

    public double Bytes { get; private set; }

    public void Add(ulong cell, double flows, double bytes, double errors = 0)
    {
        var (knownFlows, knownBytes, knownErrors) = Cells.GetValueOrDefault(cell);
        Cells[cell] = (knownFlows + flows, knownBytes + bytes, knownErrors + errors);
        Flows += flows;
        Bytes += bytes;
    }
}
