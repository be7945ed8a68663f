using AiOutliers.Detection;
using AiOutliers.Detection.Neural;

namespace AiOutliers.Models.Keras;

/// <summary>
/// Reads a network from a <c>.keras</c> file: a Keras v3 archive (zip of config.json, model.weights.h5 and metadata.json; Keras 2.13 to
/// 2.15 and Keras 3), or legacy HDF5 under the same extension.
/// </summary>
public static class KerasFile
{
    /// <param name="content">The whole file.</param>
    /// <exception cref="AiOutliersException">
    /// The file is damaged or holds something that is not supported; the message says what.
    /// </exception>
    public static Network Read(byte[] content) => KerasParts.Use(content, static parts => parts.ReadNetwork());

    /// <summary>Which Keras reads this archive; null for legacy HDF5.</summary>
    /// <exception cref="AiOutliersException">The file is damaged.</exception>
    public static KerasLayout? LayoutOf(byte[] content) =>
        KerasParts.Use(content, static parts => parts.Archive is null ? (KerasLayout?)null : parts.Layout);
}
