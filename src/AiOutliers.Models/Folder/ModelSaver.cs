using System.Text;
using AiOutliers.Detection;
using AiOutliers.Models.Keras;

namespace AiOutliers.Models.Folder;

/// <summary>Writes the files of a model, all or none of them: a crash or a full disk leaves the old model whole.</summary>
public static class ModelSaver
{
    /// <summary>Saves a new model, or one that exists with its new weights, profile and filter.</summary>
    /// <exception cref="AiOutliersException">The name is not a file name, the old file is not this network's, or a name does not fit into
    /// the .ini.</exception>
    /// <exception cref="IOException">The files could not be written; the old ones are untouched.</exception>
    public static void Save(string folder, string name, ModelToSave model, DateTimeOffset saved)
    {
        ModelName.Checked(name);
        var network = ModelFiles.Exists(folder, name)
            ? ModelFiles.Named(name, name + ModelFileNames.Network,
                () => KerasWriter.Update(ModelFiles.Content(folder, name, ModelFileNames.Network), model.Network, saved))
            : KerasWriter.Create(model.Network, name, model.NewLayout, saved);
        var files = new List<(string, byte[])>
        {
            (name + ModelFileNames.Network, network),
            (name + ModelFileNames.Profile, ProfileText.Write(model.Profile, model.Training)),
        };
        if (model.Filter is not null)
            files.Add((name + ModelFileNames.Filter, Encoding.UTF8.GetBytes(model.Filter)));
        Replace(folder, name, files);
    }

    /// <summary>Turns the network's file into that of the other Keras; profile and filter stay.</summary>
    /// <returns>The layout that the file had; null for legacy HDF5.</returns>
    /// <exception cref="AiOutliersException">The file cannot be used.</exception>
    /// <exception cref="IOException">The file could not be written; the old one is untouched.</exception>
    public static KerasLayout? Convert(string folder, string name, KerasLayout layout, DateTimeOffset saved)
    {
        const string File = ModelFileNames.Network;
        return ModelFiles.Named(name, name + File, () =>
        {
            var before = ModelFiles.Content(folder, name, File);
            var had = KerasFile.LayoutOf(before);
            if (had != layout)
                Replace(folder, name, (name + File, KerasWriter.Convert(before, layout, saved)));
            return had;
        });
    }

    /// <summary>Each file is on the disk before the model counts as saved: a training of hours must outlast a power cut.</summary>
    private static void Replace(string folder, string name, params IEnumerable<(string File, byte[] Content)> files) =>
        FileSwap.Replace(folder, name, whole: false, saving =>
        {
            foreach (var (file, content) in files)
            {
                using var stream = new FileStream(Path.Combine(saving, file), FileMode.CreateNew);
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }
        });
}
