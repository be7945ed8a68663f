using AiOutliers.Detection;
using AiOutliers.Engine;
using AiOutliers.Monitoring.Documents;

namespace AiOutliers.Service.Hosting;

/// <summary>Documents in files: YAML or JSON, one or more a file; of a folder all of them, in the order of their names.</summary>
internal static class MonitorFiles
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json"];

    /// <exception cref="AiOutliersException">A file is not there, or cannot be read.</exception>
    public static DocumentSet Read(EngineSettings settings, IEnumerable<string> paths)
    {
        var reader = new DocumentReader(settings);
        foreach (var file in paths.SelectMany(Files))
            reader.Add(Text(file), file);
        return reader.Result();
    }

    private static IEnumerable<string> Files(string path)
    {
        if (path == "-" || File.Exists(path))
            return [path];
        if (!Directory.Exists(path))
            throw new AiOutliersException(ErrorKind.BadInput, $"'{path}' was not found, neither as a file nor as a folder");
        return Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(static file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);
    }

    private static string Text(string file)
    {
        try
        {
            return file == "-" ? System.Console.In.ReadToEnd() : File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AiOutliersException(ErrorKind.BadInput, $"'{file}' cannot be read: {error.Message}", error);
        }
    }
}
