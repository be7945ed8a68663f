using System.Globalization;
using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Neural.Layers;
using PureHDF;

namespace AiOutliers.Models.Keras.Writing;

/// <summary>
/// <c>model.weights.h5</c> for a network as Keras would write it: a group per layer with its weights under vars (recurrent layers:
/// cell/vars). Keras 3 also notes each layer's name as an attribute of vars. Neither minds groups without weights, but both write them.
/// </summary>
internal sealed class WeightTree(KerasLayout layout)
{
    /// <param name="model">The model's name.</param>
    /// <param name="input">The input layer's name; null for a Sequential model, which does not count it as a layer.</param>
    /// <param name="order">
    /// The layers in the order in which Keras has them after loading the configuration; that is what the groups' counters count.
    /// </param>
    public H5File Build(string model, string? input, IEnumerable<Layer> order)
    {
        var layers = new H5Group();
        if (input is not null)
            layers["input_layer"] = new H5Group { ["vars"] = Variables(input, []) };
        var names = new GroupNames();
        foreach (var layer in order)
            layers[names.Next(layer.Kind)] = Group(layer, layer.Name);
        return new() { ["layers"] = layers, ["vars"] = Variables(model, []) };
    }

    private H5Group Group(Layer layer, string name)
    {
        var recurrent = layer is RecurrentLayer;
        var group = new H5Group { ["vars"] = Variables(name, recurrent ? [] : layer.Parameters) };
        if (recurrent)
            group["cell"] = Cell(layer, layer.Parameters);
        foreach (var (child, inner) in layer.Children)
            group[child] = Group(inner, layer is BidirectionalLayer ? DirectionName(layer, inner) : inner.Name);
        // Keras 2 keeps, beside the two directions, the layer that they were copied from, without weights.
        if (layer is BidirectionalLayer && layout == KerasLayout.Keras2)
            group["layer"] = new H5Group { ["cell"] = Cell(layer, []), ["vars"] = Variables(name, []) };
        return group;
    }

    /// <summary>Keras 3 names the two directions after the layer that it was given, unless it was given two.</summary>
    private static string DirectionName(Layer wrapper, Layer direction)
    {
        const string Forward = "forward_", Backward = "backward_";
        var (first, name) = (wrapper.Children[0].Layer, direction.Name);
        if (direction == first)
            return name.StartsWith(Forward, StringComparison.Ordinal) ? name : Forward + name;
        return name == first.Name ? Backward + name : name;
    }

    private H5Group Cell(Layer layer, IReadOnlyList<Parameter> parameters) =>
        new() { ["vars"] = Variables(GroupNames.SnakeCase(layer.Kind) + "_cell", parameters) };

    private H5Group Variables(string name, IReadOnlyList<Parameter> parameters)
    {
        var group = new H5Group();
        if (layout == KerasLayout.Keras3)
            group.Attributes["name"] = name;
        for (var i = 0; i < parameters.Count; i++)
            group[i.ToString(CultureInfo.InvariantCulture)] = WeightFile.Floats(parameters[i].Values, parameters[i].Shape.Dimensions);
        return group;
    }
}
