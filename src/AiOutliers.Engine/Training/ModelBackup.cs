using System.Globalization;
using System.Text.RegularExpressions;
using AiOutliers.Models;
using AiOutliers.Models.Folder;

namespace AiOutliers.Engine.Training;

/// <summary>Copies a model's files aside before it is trained on, and removes the oldest copies.</summary>
public static partial class ModelBackup
{
    /// <summary>The copies are <c>NAME-yy-MM-ddTHH-mm.keras</c> and so on: a colon is not allowed in every file system's names.</summary>
    /// <param name="settings">Say where, and how many are kept.</param>
    /// <param name="models">The model folder.</param>
    /// <param name="name">The model.</param>
    /// <param name="now">Names the copies.</param>
    /// <returns>The path of the copies without their endings.</returns>
    /// <exception cref="IOException">They could not be written.</exception>
    public static string Write(TrainingSettings settings, string models, string name, DateTimeOffset now)
    {
        var folder = settings.BackupPath ?? Path.Combine(models, "backups");
        Directory.CreateDirectory(folder);
        var time = now.UtcDateTime.ToString("yy-MM-ddTHH-mm", CultureInfo.InvariantCulture);
        // Several in a minute: each has a number, and none gets that of one that was removed.
        var number = Copies(folder, name).Where(copy => copy.Time == time).Select(static copy => copy.Number).FirstOrDefault() + 1;
        var stem = Path.Combine(folder, $"{name}-{time}" + (number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}")));
        ModelFiles.Copy(models, name, stem);
        if (settings.BackupKeep > 0)
            Prune(folder, name, settings.BackupKeep);
        return stem;
    }

    private static void Prune(string folder, string name, int keep)
    {
        try
        {
            foreach (var copy in Copies(folder, name).Skip(keep))
            {
                foreach (var ending in ModelFileNames.Endings)
                    File.Delete(Path.Combine(folder, copy.Stem + ending));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A copy too many does no harm; the next training tries again.
        }
    }

    /// <summary>The model's copies, the newest first; files of other names are somebody else's.</summary>
    private static List<(string Stem, string Time, int Number)> Copies(string folder, string name)
    {
        var copies = new List<(string Stem, string Time, int Number)>();
        foreach (var file in Directory.EnumerateFiles(folder, "*" + ModelFileNames.Network))
        {
            var stem = Path.GetFileNameWithoutExtension(file);
            if (!stem.StartsWith(name, StringComparison.Ordinal) || Made().Match(stem[name.Length..]) is not { Success: true } made)
                continue;
            var number = made.Groups["number"] is { Success: true } given ? int.Parse(given.Value, CultureInfo.InvariantCulture) : 1;
            copies.Add((stem, made.Groups["time"].Value, number));
        }
        return [.. copies.OrderByDescending(static copy => copy.Time, StringComparer.Ordinal).ThenByDescending(static copy => copy.Number)];
    }

    [GeneratedRegex(@"^-(?<time>\d\d-\d\d-\d\dT\d\d-\d\d)(-(?<number>\d{1,9}))?$")]
    private static partial Regex Made();
}
