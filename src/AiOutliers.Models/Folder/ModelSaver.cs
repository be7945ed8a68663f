using System.Text;
using AiOutliers.Detection;
using AiOutliers.Models.Keras;

namespace AiOutliers.Models.Folder;

/// <summary>Writes the files of a model, all or none of them: a crash or a full disk leaves the old model whole.</summary>
public static class ModelSaver
{
    /// <summary>Saves a new model, or one that exists with its new weights, profile and filter.</summary>
    /// <exception cref="AiOutliersException">The name is no file name, the old file is not this network's, or a name does not fit into the .ini.</exception>
    /// <exception cref="IOException">The files could not be written; the old ones are untouched.</exception>
    public static void Save(string folder, string name, ModelToSave model, DateTimeOffset saved)
    {
        CheckName(name);
        var network = ModelFiles.Names(folder).Contains(name, StringComparer.Ordinal)
            ? ModelFiles.Named(name, name + ModelFiles.NetworkExtension,
                () => KerasWriter.Update(ModelFiles.Content(folder, name, ModelFiles.NetworkExtension), model.Network, saved))
            : KerasWriter.Create(model.Network, name, model.NewLayout, saved);
        var files = new List<(string, byte[])>
        {
            (name + ModelFiles.NetworkExtension, network),
            (name + ModelFiles.ProfileExtension, ProfileText.Write(model.Profile, model.Training)),
        };
        if (model.Filter is not null)
            files.Add((name + ModelFiles.FilterEnding, Encoding.UTF8.GetBytes(model.Filter)));
        FileSwap.Replace(folder, name, files);
    }

    /// <summary>Turns the network's file into that of the other Keras; profile and filter stay.</summary>
    /// <returns>The layout that the file had; null for legacy HDF5.</returns>
    /// <exception cref="AiOutliersException">The file cannot be used.</exception>
    /// <exception cref="IOException">The file could not be written; the old one is untouched.</exception>
    public static KerasLayout? Convert(string folder, string name, KerasLayout layout, DateTimeOffset saved)
    {
        const string File = ModelFiles.NetworkExtension;
        return ModelFiles.Named(name, name + File, () =>
        {
            var before = ModelFiles.Content(folder, name, File);
            var had = KerasFile.LayoutOf(before);
            if (had != layout)
                FileSwap.Replace(folder, name, (name + File, KerasWriter.Convert(before, layout, saved)));
            return had;
        });
    }

    /// <exception cref="AiOutliersException">The name cannot be a model's.</exception>
    public static void CheckName(string name)
    {
        if (name.Length == 0 || name[0] == '.' || name.AsSpan().ContainsAny(['/', '\\', ':']) || name.AsSpan().ContainsAny(Path.GetInvalidFileNameChars()))
        {
            throw new AiOutliersException(ErrorKind.BadInput,
                $"'{name}' cannot be a model's name: it becomes the name of its files, so no '/', '\\', ':' and no dot at the start");
        }
    }
}
