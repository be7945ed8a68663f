using AiOutliers.Detection;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Service.Cli;

/// <summary>Every row with its score and verdict, in a file: CSV or JSON.</summary>
internal static class ReportFile
{
    /// <summary>Written to a temporary name and renamed: a reader never meets half a file.</summary>
    public static void Write(string path, JointReport report, string source)
    {
        var extension = CheckedExtension(path);
        try
        {
            WriteWhole(path, extension, report, source);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AiOutliersException(ErrorKind.BadInput, $"'{path}' cannot be written: {error.Message}", error);
        }
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

    private static void WriteWhole(string path, string extension, JointReport report, string source)
    {
        var temporary = path + ".part";
        if (extension == ".csv")
        {
            using var writer = new StreamWriter(temporary);
            ReportCsv.Write(writer, report);
        }
        else
        {
            using var stream = File.Create(temporary);
            ReportJson.Write(stream, report, source);
        }
        File.Move(temporary, path, overwrite: true);
    }
}
