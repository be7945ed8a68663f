using PureHDF;

namespace AiOutliers.Models.Tests.Keras;

/// <summary>An HDF5 file as lines: every group, dataset (type, shape and, if asked, values) and attribute, in order of path.</summary>
internal static class Hdf5Dump
{
    public static string[] Of(byte[] content, bool values)
    {
        using var file = H5File.Open(new MemoryStream(content));
        var lines = new List<string>();
        Walk(file, "", values, lines);
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static void Walk(IH5Group group, string path, bool values, List<string> lines)
    {
        foreach (var attribute in group.Attributes())
            lines.Add($"{path}@{attribute.Name}: {attribute.Type.Class} {attribute.Space.Type}{(values ? " = " + attribute.Read<string>() : "")}");
        foreach (var child in group.Children())
        {
            var place = $"{path}/{child.Name}";
            if (child is IH5Group inner)
            {
                lines.Add(place + "/");
                Walk(inner, place, values, lines);
            }
            else if (child is IH5Dataset dataset)
            {
                var content = values ? " = " + Convert.ToHexString(Bytes(dataset)) : "";
                var shape = string.Join(", ", dataset.Space.Dimensions);
                lines.Add($"{place}: {dataset.Type.Class} {dataset.Type.Size} {dataset.Space.Type} ({shape}) {dataset.Layout.Class}{content}");
            }
        }
    }

    private static byte[] Bytes(IH5Dataset dataset) => dataset.Type.Class == H5DataTypeClass.FixedPoint
        ? BitConverter.GetBytes(dataset.Read<long>())
        : System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(dataset.Read<float[]>()).ToArray();
}
