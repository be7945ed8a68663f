using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Engine.Evaluation;

/// <summary>
/// NAB's labels: one <c>combined_windows.json</c> for all series, <c>{"folder/file.csv": [["start", "end"], …]}</c>. It lies beside the
/// folders of series, or in a folder <c>labels</c> beside the folder that holds these, as in NAB's own repository.
/// </summary>
public sealed class NabWindows
{
    private const string FileName = "combined_windows.json";

    /// <summary>The series' folder, the one above, and the one above that.</summary>
    private const int FoldersSearched = 3;

    private readonly Dictionary<string, Dictionary<string, LabelledWindow[]>> _files = new(StringComparer.Ordinal);

    /// <summary>The windows of a series; null when no list of windows that lies near it names it.</summary>
    /// <exception cref="AiOutliersException">The list of windows cannot be read.</exception>
    public IReadOnlyList<LabelledWindow>? Of(string path)
    {
        var folder = new FileInfo(path).Directory;
        var key = $"{folder?.Name}/{Path.GetFileName(path)}";
        for (var level = 0; folder is not null && level < FoldersSearched; level++, folder = folder.Parent)
        {
            foreach (var list in (string[])[Path.Combine(folder.FullName, FileName), Path.Combine(folder.FullName, "labels", FileName)])
            {
                if (File.Exists(list))
                    return Load(list).GetValueOrDefault(key);
            }
        }
        return null;
    }

    private Dictionary<string, LabelledWindow[]> Load(string list)
    {
        if (_files.TryGetValue(list, out var known))
            return known;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(list));
            return _files[list] = json.RootElement.EnumerateObject().ToDictionary(
                series => series.Name, series => Windows(series.Value), StringComparer.Ordinal);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new AiOutliersException(ErrorKind.BadInput,
                $"'{list}' is not a list of windows, {{\"folder/file.csv\": [[\"start\", \"end\"], …]}}: {error.Message}", error);
        }
    }

    private static LabelledWindow[] Windows(JsonElement windows) =>
        [
            .. windows.EnumerateArray().Select(static window => window.GetArrayLength() == 2
                ? new LabelledWindow(Time(window[0]), Time(window[1]))
                : throw new FormatException("a window has a start and an end")),
        ];

    private static long Time(JsonElement text) =>
        Timestamps.TryParse(text.GetString(), out var time) ? time : throw new FormatException($"'{text}' is not a time");
}
