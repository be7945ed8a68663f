namespace AiOutliers.Detection.Neural;

/// <summary>A layer's place in the network.</summary>
/// <param name="Layer">The layer, used once.</param>
/// <param name="Inputs">Where its inputs come from: −1 is the network's input, else the index of an earlier node.</param>
/// <param name="Output">The shape of one example that goes out.</param>
public sealed record NetworkNode(Layer Layer, IReadOnlyList<int> Inputs, Shape Output);
