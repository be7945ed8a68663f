using System.Globalization;
using AiOutliers.Models;
using AiOutliers.Models.Folder;

namespace AiOutliers.Engine.Training;

/// <summary>Copies a model's files aside before it is trained on.</summary>
public static class ModelBackup
{
    /// <summary>The copies are <c>NAME-yy-MM-ddTHH-mm.keras</c> and so on: a colon is not allowed in every file system's names.</summary>
    /// <param name="settings">Say where.</param>
    /// <param name="models">The model folder.</param>
    /// <param name="name">The model.</param>
    /// <param name="now">Names the copies.</param>
    /// <returns>The path of the copies without their endings.</returns>
    /// <exception cref="IOException">They could not be written.</exception>
    public static string Write(TrainingSettings settings, string models, string name, DateTimeOffset now)
    {
        var folder = settings.BackupPath ?? Path.Combine(models, "backups");
        Directory.CreateDirectory(folder);
        var stem = Path.Combine(folder, $"{name}-{now.UtcDateTime.ToString("yy-MM-ddTHH-mm", CultureInfo.InvariantCulture)}");
        // Twice in a minute: the first is the one to keep apart.
        var unique = stem;
        for (var i = 2; File.Exists(unique + ModelFileNames.Network); i++)
            unique = $"{stem}-{i}";
        ModelFiles.Copy(models, name, unique);
        return unique;
    }
}
