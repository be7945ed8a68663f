using AiOutliers.Detection.Neural;

namespace AiOutliers.Models.Keras;

/// <summary>A parameter's place in an HDF5 file.</summary>
/// <param name="Path">From the root to the dataset.</param>
/// <param name="Layer">The layer that has it; for a wrapper, the wrapped one.</param>
/// <param name="Parameter">The values in memory.</param>
internal sealed record StoredParameter(string Path, Layer Layer, Parameter Parameter);
