namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>What the network made of a series; every array is (rows, columns), row-major, in rescaled units.</summary>
/// <param name="Columns">Columns of each array.</param>
/// <param name="Input">What there is to reconstruct.</param>
/// <param name="Output">What came out, the mean over the slices that cover a row.</param>
/// <param name="Loss">|input − output|, the mean over the slices that cover a row.</param>
internal sealed record Reconstruction(int Columns, float[] Input, float[] Output, float[] Loss);
