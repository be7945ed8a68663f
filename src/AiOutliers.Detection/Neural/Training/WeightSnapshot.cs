namespace AiOutliers.Detection.Neural.Training;

/// <summary>A copy of all weights and statistics of a network.</summary>
internal sealed class WeightSnapshot
{
    private readonly Parameter[] _parameters;
    private readonly float[][] _values;

    public WeightSnapshot(Network network)
    {
        _parameters = [.. network.Nodes.SelectMany(static node => All(node.Layer))];
        _values = [.. _parameters.Select(static parameter => parameter.Values.ToArray())];
    }

    /// <summary>Takes the network's present values.</summary>
    public void Take()
    {
        for (var i = 0; i < _values.Length; i++)
            _parameters[i].Values.CopyTo(_values[i], 0);
    }

    /// <summary>Gives the network the values taken last.</summary>
    public void Restore()
    {
        for (var i = 0; i < _values.Length; i++)
            _values[i].CopyTo(_parameters[i].Values, 0);
    }

    private static IEnumerable<Parameter> All(Layer layer) =>
        layer.Parameters.Concat(layer.Children.SelectMany(static child => All(child.Layer)));
}
