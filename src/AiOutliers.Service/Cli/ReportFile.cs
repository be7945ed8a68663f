using AiOutliers.Detection;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Service.Cli;

/// <summary>Every row with its score and verdict, in a file: CSV or JSON.</summary>
internal static class ReportFile
{
    /// <exception cref="AiOutliersException">The file cannot be written.</exception>
    public static void Write(string path, JointReport report, string source)
    {
        var extension = CheckedExtension(path);
        WholeFile.Write(path, file =>
        {
            if (extension == ".json")
            {
                ReportJson.Write(file, report, source);
                return;
            }
            using var writer = new StreamWriter(file);
            ReportCsv.Write(writer, report);
        });
    }

    /// <summary>Asked before the work begins.</summary>
    public static void Check(string path)
    {
        CheckedExtension(path);
        WholeFile.CheckFolder("--output", path);
    }

    public static string CheckedExtension(string path) => Path.GetExtension(path) is ".csv" or ".json"
        ? Path.GetExtension(path)
        : throw new AiOutliersException(ErrorKind.BadInput, $"--output '{path}': the name must end in .csv or .json");
}
