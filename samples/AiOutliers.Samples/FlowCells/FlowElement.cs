namespace AiOutliers.Samples.FlowCells;

/// <summary>One value in each of some dimensions.</summary>
internal sealed class FlowElement(params (int Dimension, int Value)[] parts)
{
    public bool Has(ulong cell) => Array.TrueForAll(parts, part => FlowDimensions.ValueOf(cell, part.Dimension) == part.Value);

    public override string ToString() =>
        string.Join(", ", parts.Select(static part => $"{FlowDimensions.Names[part.Dimension]}={part.Value}"));
}
