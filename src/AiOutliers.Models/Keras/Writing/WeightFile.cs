using PureHDF;

namespace AiOutliers.Models.Keras.Writing;

/// <summary>An HDF5 tree as bytes, with datasets laid out as Keras does: contiguous, uncompressed.</summary>
internal static class WeightFile
{
    private static readonly H5WriteOptions Options = new(PreferCompactDatasetLayout: false);

    public static byte[] Write(H5File file)
    {
        using var stream = new MemoryStream();
        file.Write(stream, Options);
        return stream.ToArray();
    }

    /// <summary>Single-precision values in a shape.</summary>
    public static H5Dataset Floats(float[] values, ReadOnlySpan<int> shape)
    {
        var dimensions = new ulong[shape.Length];
        for (var d = 0; d < shape.Length; d++)
            dimensions[d] = (ulong)shape[d];
        return new(values, fileDims: dimensions);
    }
}
