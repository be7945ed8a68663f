using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors.Deep;
using AiOutliers.Models.Keras;

namespace AiOutliers.Models.Folder;

/// <summary>
/// Finds and reads the files of models that lie side by side in a folder, while others may replace them. Names come from the folder's
/// listing, never from outside.
/// </summary>
public static class ModelFiles
{
    /// <summary>A Keras file larger than this is refused.</summary>
    private const long LargestFile = 256L << 20;

    /// <summary>The same for the files of text beside it, which have a few kilobytes.</summary>
    private const long LargestText = 1L << 20;

    /// <summary>How often files are read again that were replaced meanwhile.</summary>
    private const int MostTries = 5;

    /// <summary>The names of the models in a folder, in order; none when the folder does not exist.</summary>
    public static IReadOnlyList<string> Names(string folder)
    {
        if (!Directory.Exists(folder))
            return [];
        var named = Directory.EnumerateFiles(folder, "*" + ModelFileNames.Network)
            .Select(static file => ModelFileNames.ModelOf(Path.GetFileName(file))).OfType<string>();
        return [.. named.Union(FileSwap.Unfinished(folder)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether the folder has a model of this name, usable or not.</summary>
    public static bool Exists(string folder, string name) =>
        ModelName.IsUsable(name) && File.Exists(FileSwap.PathOf(folder, name, name + ModelFileNames.Network));

    /// <exception cref="AiOutliersException">A file is missing, damaged or holds something unsupported; the message names the file and what
    /// is wrong.</exception>
    public static Model Load(string folder, string name) => LoadSigned(folder, name).Model;

    /// <summary>Never parts of two models: what the files were before must be what they are after.</summary>
    internal static (Model Model, ModelSignature Signature) LoadSigned(string folder, string name)
    {
        for (var left = MostTries; ; left--)
        {
            var signature = ModelSignature.Of(folder, name);
            try
            {
                var model = LoadOnce(folder, name);
                if (ModelSignature.Of(folder, name) == signature)
                    return (model, signature);
                if (left <= 1)
                    throw Changing(name);
            }
            catch (AiOutliersException) when (left > 1 && ModelSignature.Of(folder, name) != signature)
            {
                // Replaced while it was read: half of it was the old model. The next try sees the new one.
            }
        }
    }

    /// <summary>The Druid filter of a model, without loading the model; null when it has none.</summary>
    public static string? Filter(string folder, string name) =>
        HasFilter(folder, name) ? Encoding.UTF8.GetString(Content(folder, name, ModelFileNames.Filter)) : null;

    /// <summary>The sensor that the <c>.ini</c> names; null when it names none or cannot be read.</summary>
    public static string? Sensor(string folder, string name)
    {
        try
        {
            return ProfileFile.Read(new MemoryStream(Content(folder, name, ModelFileNames.Profile))).Sensor;
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
        try
        {
            foreach (var ending in ModelFileNames.Endings.Where(ending => ending != ModelFileNames.Filter || HasFilter(folder, name)))
                File.WriteAllBytes(target + ending, Content(folder, name, ending));
        }
        catch (IOException)
        {
            // On a full disk half a copy would pass for a whole one.
            foreach (var ending in ModelFileNames.Endings)
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
            return BoundedFile.Read(path, ending == ModelFileNames.Network ? LargestFile : LargestText);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AiOutliersException(ErrorKind.UnusableModel, "the file cannot be read; check its permissions", error);
        }
    }

    private static AiOutliersException Changing(string name) =>
        new(ErrorKind.UnusableModel, $"the model '{name}' cannot be used: its files change all the time");

    private static bool HasFilter(string folder, string name) => File.Exists(FileSwap.PathOf(folder, name, name + ModelFileNames.Filter));

    private static Model LoadOnce(string folder, string name)
    {
        TrainingRecord? training = null;
        var autoencoder = Named(name, name + ModelFileNames.Network, () => new Autoencoder(
            KerasFile.Read(Content(folder, name, ModelFileNames.Network)),
            Named(name, name + ModelFileNames.Profile, () =>
            {
                var content = Content(folder, name, ModelFileNames.Profile);
                training = ProfileFile.ReadTraining(new MemoryStream(content));
                return ProfileFile.Read(new MemoryStream(content));
            })));
        return new(name, autoencoder, Named(name, name + ModelFileNames.Filter, () => Filter(folder, name)), training);
    }

    /// <summary>Puts the model's and the file's names in front of what is wrong, once.</summary>
    internal static T Named<T>(string model, string file, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (AiOutliersException error) when (
            error.Kind == ErrorKind.UnusableModel && !error.Message.StartsWith("the model '", StringComparison.Ordinal))
        {
            throw new AiOutliersException(ErrorKind.UnusableModel, $"the model '{model}' cannot be used: {file}: {error.Message}", error);
        }
    }
}
