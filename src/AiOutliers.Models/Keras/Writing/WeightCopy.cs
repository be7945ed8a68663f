using AiOutliers.Detection;
using PureHDF;

namespace AiOutliers.Models.Keras.Writing;

/// <summary>
/// An HDF5 file once more, group by group and attribute by attribute, with other values for some datasets: what Keras stored beside the
/// weights (the optimizer's state, the state of random generators) stays.
/// </summary>
internal static class WeightCopy
{
    /// <param name="source">The root of the file as Keras wrote it.</param>
    /// <param name="places">The datasets that get new values.</param>
    public static H5File Copy(IH5Group source, IReadOnlyList<StoredParameter> places)
    {
        var file = new H5File();
        Fill(file, source, "", places.ToDictionary(static place => place.Path, StringComparer.Ordinal));
        return file;
    }

    private static void Fill(H5Group target, IH5Group source, string path, Dictionary<string, StoredParameter> places)
    {
        CopyAttributes(target, source, path);
        foreach (var child in source.Children())
        {
            var place = path + child.Name;
            if (child is IH5Group group)
            {
                var copy = new H5Group();
                Fill(copy, group, place + "/", places);
                target[child.Name] = copy;
            }
            else if (child is IH5Dataset dataset)
            {
                var copy = places.TryGetValue(place, out var stored)
                    ? WeightFile.Floats(stored.Parameter.Values, stored.Parameter.Shape.Dimensions)
                    : new H5Dataset(Value(dataset.Type, dataset.Space, dataset, place), fileDims: Dimensions(dataset.Space));
                CopyAttributes(copy, dataset, place);
                target[child.Name] = copy;
            }
            else
            {
                throw Unsupported(place, "a link or type");
            }
        }
    }

    private static void CopyAttributes(H5Object target, IH5Object source, string path)
    {
        foreach (var attribute in source.Attributes())
        {
            var value = Value(attribute.Type, attribute.Space, attribute, $"{path}@{attribute.Name}");
            target.Attributes[attribute.Name] = new H5Attribute(value, Dimensions(attribute.Space));
        }
    }

    private static ulong[]? Dimensions(IH5Dataspace space) => space.Type == H5DataspaceType.Scalar ? null : space.Dimensions;

    private static object Value(IH5DataType type, IH5Dataspace space, object source, string path)
    {
        var scalar = space.Type switch
        {
            H5DataspaceType.Scalar => true,
            H5DataspaceType.Simple => false,
            _ => throw Unsupported(path, "empty"),
        };
        return (type.Class, type.Size) switch
        {
            (H5DataTypeClass.FloatingPoint, 2) => Read<Half>(source, scalar),
            (H5DataTypeClass.FloatingPoint, 4) => Read<float>(source, scalar),
            (H5DataTypeClass.FloatingPoint, 8) => Read<double>(source, scalar),
            (H5DataTypeClass.FixedPoint, 1) => Read<byte>(source, scalar),
            (H5DataTypeClass.FixedPoint, 4) => type.FixedPoint.IsSigned ? Read<int>(source, scalar) : Read<uint>(source, scalar),
            (H5DataTypeClass.FixedPoint, 8) => type.FixedPoint.IsSigned ? Read<long>(source, scalar) : Read<ulong>(source, scalar),
            (H5DataTypeClass.VariableLength or H5DataTypeClass.String, _) => Read<string>(source, scalar),
            _ => throw Unsupported(path, $"{type.Class} of {type.Size} bytes"),
        };
    }

    private static object Read<T>(object source, bool scalar)
        where T : notnull => (source, scalar) switch
        {
            (IH5Dataset dataset, true) => dataset.Read<T>(),
            (IH5Dataset dataset, false) => dataset.Read<T[]>(),
            (IH5Attribute attribute, true) => attribute.Read<T>(),
            (IH5Attribute attribute, false) => attribute.Read<T[]>(),
            _ => throw new ArgumentException("neither a dataset nor an attribute", nameof(source)),
        };

    private static AiOutliersException Unsupported(string path, string what) =>
        new(ErrorKind.UnusableModel, $"the weights hold '{path}', {what}, which cannot be carried over into a new file");
}
