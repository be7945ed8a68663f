using AiOutliers.Detection.Neural;

namespace AiOutliers.Models.Keras.Writing;

/// <summary>
/// The order that Keras gives a model's layers, whatever their order in the configuration: by distance from the output, the farthest first,
/// and at one distance as they are met from the output backwards. The groups of weights are counted in this order.
/// </summary>
internal static class LayerOrder
{
    /// <returns>Indices of nodes.</returns>
    /// <exception cref="ArgumentException">A layer that leads nowhere: Keras would not have it in the model.</exception>
    public static int[] Of(Network network)
    {
        var count = network.Nodes.Count;
        var (met, distance) = (new Dictionary<int, int>(), new int[count]);
        Meet(network.OutputNode);
        // Each node comes after those that feed it, so that going backwards every distance is final before it is handed on.
        for (var node = count - 1; node >= 0; node--)
        {
            if (!met.ContainsKey(node))
            {
                throw new ArgumentException(
                    $"The layer '{network.Nodes[node].Layer.Name}' does not lead to the network's output.", nameof(network));
            }
            foreach (var source in network.Nodes[node].Inputs.Where(static source => source != NetworkBuilder.Input))
                distance[source] = Math.Max(distance[source], distance[node] + 1);
        }
        return [.. Enumerable.Range(0, count).OrderByDescending(node => distance[node]).ThenBy(node => met[node])];

        void Meet(int node)
        {
            if (node == NetworkBuilder.Input || !met.TryAdd(node, met.Count))
                return;
            foreach (var source in network.Nodes[node].Inputs)
                Meet(source);
        }
    }
}
