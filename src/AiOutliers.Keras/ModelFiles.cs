using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors.Autoencoder;

namespace AiOutliers.Keras;

/// <summary>
/// The files of a model side by side: <c>NAME.keras</c>, <c>NAME.ini</c>, and, where it is trained further, <c>NAME_filter.json</c>. Names come
/// from the folder's listing, never from outside.
/// </summary>
public static class ModelFiles
{
    private const string NetworkExtension = ".keras", ProfileExtension = ".ini", FilterEnding = "_filter.json";

    /// <summary>A Keras file larger than this is refused.</summary>
    private const long LargestFile = 256L << 20;

    /// <summary>The names of the models in a folder, in order; none when the folder does not exist.</summary>
    public static IReadOnlyList<string> Names(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*" + NetworkExtension).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Changes when one of the model's files is replaced.</summary>
    public static DateTime Version(string folder, string name) =>
        new[] { NetworkExtension, ProfileExtension, FilterEnding }.Max(ending => File.GetLastWriteTimeUtc(Path.Combine(folder, name + ending)));

    /// <exception cref="AiOutliersException">A file is missing, damaged or holds something unsupported; the message names the file and what is wrong.</exception>
    public static Model Load(string folder, string name) => new(
        name,
        Named(name, name + NetworkExtension, () => new Autoencoder(
            KerasFile.Read(Content(folder, name + NetworkExtension)),
            Named(name, name + ProfileExtension, () => ProfileFile.Read(new MemoryStream(Content(folder, name + ProfileExtension)))))),
        Filter(folder, name));

    /// <summary>The Druid filter of a model, without loading the model; null when it has none.</summary>
    public static string? Filter(string folder, string name) =>
        File.Exists(Path.Combine(folder, name + FilterEnding)) ? Encoding.UTF8.GetString(Content(folder, name + FilterEnding)) : null;

    /// <summary>The sensor that the <c>.ini</c> names; null when it names none or cannot be read.</summary>
    public static string? Sensor(string folder, string name)
    {
        try
        {
            return ProfileFile.Read(new MemoryStream(Content(folder, name + ProfileExtension))).Sensor;
        }
        catch (AiOutliersException)
        {
            // A broken profile names no sensor; whoever asks for the model by name gets the reason.
            return null;
        }
    }

    private static byte[] Content(string folder, string file)
    {
        try
        {
            var path = Path.Combine(folder, file);
            if (!File.Exists(path))
                throw new AiOutliersException(ErrorKind.UnusableModel, "the file is missing");
            var length = new FileInfo(path).Length;
            return length <= LargestFile
                ? File.ReadAllBytes(path)
                : throw new AiOutliersException(ErrorKind.UnusableModel, $"the file has {length} bytes; at most {LargestFile} are read");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AiOutliersException(ErrorKind.UnusableModel, "the file cannot be read; check its permissions", error);
        }
    }

    /// <summary>Puts the model's and the file's names in front of what is wrong, once.</summary>
    private static T Named<T>(string model, string file, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (AiOutliersException error) when (error.Kind == ErrorKind.UnusableModel && !error.Message.StartsWith("the model '", StringComparison.Ordinal))
        {
            throw new AiOutliersException(ErrorKind.UnusableModel, $"the model '{model}' cannot be used: {file}: {error.Message}", error);
        }
    }
}
