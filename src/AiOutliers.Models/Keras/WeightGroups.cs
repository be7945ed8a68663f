using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Neural;
using PureHDF;

namespace AiOutliers.Models.Keras;

/// <summary>Where an HDF5 file holds the weights of each layer, and how they get into the network.</summary>
internal static class WeightGroups
{
    /// <summary>The layout of <c>model.weights.h5</c>: layers/&lt;class in snake case and a counter&gt;/…/vars/0, 1, …</summary>
    public static IReadOnlyList<StoredParameter> LocateArchive(IH5Group root, Network network)
    {
        const string Older = "_layer_checkpoint_dependencies";
        var holder = Child(root, "layers") is not null ? "layers" : Older;
        var layers = Child(root, holder) ?? throw new AiOutliersException(ErrorKind.UnusableModel, "the weights hold no group 'layers'");
        var names = new GroupNames();
        var used = new HashSet<string>(StringComparer.Ordinal);
        var places = new List<StoredParameter>();
        foreach (var layer in network.Nodes.Select(static node => node.Layer))
        {
            var name = names.Next(layer.Kind);
            if (Child(layers, name) is null && Child(layers, layer.Name) is not null)
                name = layer.Name;
            used.Add(name);
            LocateLayer(Child(layers, name), $"{holder}/{name}", layer, places);
        }
        var extra = layers.Children().FirstOrDefault(child => child is IH5Group group && !used.Contains(child.Name) && HasWeights(group));
        return extra is null
            ? places
            : throw new AiOutliersException(
                ErrorKind.UnusableModel, $"the weights hold a layer '{extra.Name}' that the configuration does not have");
    }

    /// <summary>The legacy layout: model_weights/&lt;layer's name&gt;, with the attribute weight_names listing paths in order.</summary>
    public static IReadOnlyList<StoredParameter> LocateLegacy(IH5Group root, Network network)
    {
        var holder = Child(root, "model_weights") is null ? "" : "model_weights/";
        var places = new List<StoredParameter>();
        foreach (var layer in network.Nodes.Select(static node => node.Layer))
        {
            var parameters = AllParameters(layer).ToArray();
            if (parameters.Length == 0)
                continue;
            var group = Child(root, holder + layer.Name) ?? throw new AiOutliersException(
                ErrorKind.UnusableModel, $"the file holds no weights for the layer '{layer.Name}'");
            var paths = group.AttributeExists("weight_names") ? group.Attribute("weight_names").Read<string[]>() : [];
            if (paths.Length != parameters.Length)
            {
                throw new AiOutliersException(
                    ErrorKind.UnusableModel, $"the layer '{layer.Name}' needs {parameters.Length} weights, the file has {paths.Length}");
            }
            places.AddRange(parameters.Select((parameter, i) => new StoredParameter($"{holder}{layer.Name}/{paths[i]}", layer, parameter)));
        }
        return places;
    }

    /// <summary>Fills the parameters with what the file holds at their places.</summary>
    public static void Read(IH5Group root, IReadOnlyList<StoredParameter> places)
    {
        // Each step from the root to a parameter reads the file's tables anew: parameters of one layer share theirs.
        foreach (var ofLayer in places.GroupBy(static place => place.Path[..place.Path.LastIndexOf('/')], StringComparer.Ordinal))
        {
            var group = root.Group(ofLayer.Key);
            foreach (var (path, layer, parameter) in ofLayer)
                ReadParameter(group.Dataset(path[(ofLayer.Key.Length + 1)..]), layer, parameter);
        }
    }

    private static void LocateLayer(IH5Group? group, string path, Layer layer, List<StoredParameter> places)
    {
        if (layer.Parameters.Count > 0)
        {
            // Recurrent layers keep their weights in a cell.
            var holder = group is not null && Child(group, "cell") is not null ? "cell/vars" : "vars";
            var found = (group is null ? null : Child(group, holder))?.Children().Count() ?? 0;
            if (found != layer.Parameters.Count)
            {
                throw new AiOutliersException(
                    ErrorKind.UnusableModel,
                    $"the layer '{layer.Name}' needs {layer.Parameters.Count} weights, the file has {found} under '{path}'");
            }
            for (var i = 0; i < layer.Parameters.Count; i++)
                places.Add(new(string.Create(CultureInfo.InvariantCulture, $"{path}/{holder}/{i}"), layer, layer.Parameters[i]));
        }
        foreach (var (name, child) in layer.Children)
            LocateLayer(group is null ? null : Child(group, name), $"{path}/{name}", child, places);
    }

    private static void ReadParameter(IH5Dataset dataset, Layer layer, Parameter parameter)
    {
        var shape = dataset.Space.Dimensions;
        if (!shape.Select(static size => (long)size).SequenceEqual(parameter.Shape.Dimensions.ToArray().Select(static size => (long)size)))
        {
            throw new AiOutliersException(ErrorKind.UnusableModel,
                $"the {parameter.Name} of the layer '{layer.Name}' has the shape ({string.Join(", ", shape)}) "
                + $"where {parameter.Shape} is needed");
        }
        if (dataset.Type.Class != H5DataTypeClass.FloatingPoint || dataset.Type.Size != sizeof(float))
        {
            throw new AiOutliersException(ErrorKind.UnusableModel,
                $"the {parameter.Name} of the layer '{layer.Name}' is stored as {dataset.Type.Class} "
                + $"of {dataset.Type.Size} bytes; float32 is supported");
        }
        dataset.Read<float[]>().CopyTo(parameter.Values, 0);
        if (Array.Exists(parameter.Values, static value => !float.IsFinite(value)))
        {
            throw new AiOutliersException(
                ErrorKind.UnusableModel, $"the {parameter.Name} of the layer '{layer.Name}' holds values that are not finite numbers");
        }
    }

    /// <summary>A layer's parameters and those of the layers that it wraps.</summary>
    public static IEnumerable<Parameter> AllParameters(Layer layer) =>
        layer.Parameters.Concat(layer.Children.SelectMany(static child => AllParameters(child.Layer)));

    private static bool HasWeights(IH5Group group) =>
        group.Children().Any(static child => child is IH5Dataset || child is IH5Group inner && HasWeights(inner));

    private static IH5Group? Child(IH5Group group, string name) => group.LinkExists(name) ? group.Get(name) as IH5Group : null;
}
