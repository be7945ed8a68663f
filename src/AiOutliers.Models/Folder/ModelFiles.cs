using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors.Autoencoder;
using AiOutliers.Models.Keras;

namespace AiOutliers.Models.Folder;

/// <summary>
/// The files of a model side by side: <c>NAME.keras</c>, <c>NAME.ini</c>, and, where it is trained further, <c>NAME_filter.json</c>. Names come
/// from the folder's listing, never from outside.
/// </summary>
public static class ModelFiles
{
    internal const string NetworkExtension = ".keras", ProfileExtension = ".ini", FilterEnding = "_filter.json";

    /// <summary>A Keras file larger than this is refused.</summary>
    private const long LargestFile = 256L << 20;

    /// <summary>The same for the files of text beside it, which have a few kilobytes.</summary>
    private const long LargestText = 1L << 20;

    /// <summary>How often files are read again that were replaced meanwhile.</summary>
    private const int MostTries = 5;

    /// <summary>The names of the models in a folder, in order; none when the folder does not exist.</summary>
    public static IReadOnlyList<string> Names(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*" + NetworkExtension).Select(static file => Path.GetFileNameWithoutExtension(file))
            .Union(FileSwap.Unfinished(folder)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Changes when one of the model's files is replaced.</summary>
    public static DateTime Version(string folder, string name) =>
        new[] { NetworkExtension, ProfileExtension, FilterEnding }.Max(ending => File.GetLastWriteTimeUtc(FileSwap.PathOf(folder, name, name + ending)));

    /// <exception cref="AiOutliersException">A file is missing, damaged or holds something unsupported; the message names the file and what is wrong.</exception>
    public static Model Load(string folder, string name)
    {
        for (var attempt = 1; ; attempt++)
        {
            var version = Version(folder, name);
            try
            {
                var model = LoadOnce(folder, name);
                if (attempt == MostTries || Version(folder, name) == version)
                    return model;
            }
            catch (AiOutliersException) when (attempt < MostTries && Version(folder, name) != version)
            {
                // Replaced while it was read: half of it was the old model.
            }
        }
    }

    /// <summary>The Druid filter of a model, without loading the model; null when it has none.</summary>
    public static string? Filter(string folder, string name) =>
        File.Exists(FileSwap.PathOf(folder, name, name + FilterEnding)) ? Encoding.UTF8.GetString(Content(folder, name, FilterEnding)) : null;

    /// <summary>The sensor that the <c>.ini</c> names; null when it names none or cannot be read.</summary>
    public static string? Sensor(string folder, string name)
    {
        try
        {
            return ProfileFile.Read(new MemoryStream(Content(folder, name, ProfileExtension))).Sensor;
        }
        catch (AiOutliersException)
        {
            // A broken profile names no sensor; whoever asks for the model by name gets the reason.
            return null;
        }
    }

    /// <summary>Copies a model's files.</summary>
    /// <param name="folder">Where the model is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="target">The path of the copies, without their endings.</param>
    /// <exception cref="AiOutliersException">A file is missing.</exception>
    /// <exception cref="IOException">The copies could not be written.</exception>
    public static void Copy(string folder, string name, string target)
    {
        string[] endings = [NetworkExtension, ProfileExtension, FilterEnding];
        try
        {
            foreach (var ending in endings.Where(ending => ending != FilterEnding || File.Exists(FileSwap.PathOf(folder, name, name + ending))))
                File.WriteAllBytes(target + ending, Content(folder, name, ending));
        }
        catch (IOException)
        {
            // On a full disk half a copy would pass for a whole one.
            foreach (var ending in endings)
                File.Delete(target + ending);
            throw;
        }
    }

    /// <summary>The content of one of a model's files.</summary>
    /// <exception cref="AiOutliersException">It is missing, too large or cannot be read.</exception>
    internal static byte[] Content(string folder, string name, string ending)
    {
        try
        {
            var path = FileSwap.PathOf(folder, name, name + ending);
            if (!File.Exists(path))
                throw new AiOutliersException(ErrorKind.UnusableModel, "the file is missing");
            var length = new FileInfo(path).Length;
            var most = ending == NetworkExtension ? LargestFile : LargestText;
            return length <= most
                ? File.ReadAllBytes(path)
                : throw new AiOutliersException(ErrorKind.UnusableModel, $"the file has {length} bytes; at most {most} are read");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AiOutliersException(ErrorKind.UnusableModel, "the file cannot be read; check its permissions", error);
        }
    }

    private static Model LoadOnce(string folder, string name)
    {
        TrainingRecord? training = null;
        var autoencoder = Named(name, name + NetworkExtension, () => new Autoencoder(
            KerasFile.Read(Content(folder, name, NetworkExtension)),
            Named(name, name + ProfileExtension, () =>
            {
                var content = Content(folder, name, ProfileExtension);
                training = ProfileFile.ReadTraining(new MemoryStream(content));
                return ProfileFile.Read(new MemoryStream(content));
            })));
        return new(name, autoencoder, Named(name, name + FilterEnding, () => Filter(folder, name)), training);
    }

    /// <summary>Puts the model's and the file's names in front of what is wrong, once.</summary>
    internal static T Named<T>(string model, string file, Func<T> work)
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
