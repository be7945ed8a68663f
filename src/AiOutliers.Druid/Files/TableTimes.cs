using System.Buffers;
using System.Text;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Files;

/// <summary>Ends the rows of a table by their times.</summary>
internal static class TableTimes
{
    /// <exception cref="Detection.AiOutliersException">The text is not a time.</exception>
    public static void Add(SeriesSetBuilder builder, string text, string column, int row, string file, InputOptions options)
    {
        if (options.TimeFormat is null && TryCanonical(text, out var exact))
        {
            builder.AddRow(exact, null);
            return;
        }
        if (!options.TryTime(text, out var time))
            throw TableFileReader.Wrong($"'{column}' of row {row} of {file} is not a time: {TimeProblem.Of(text)}");
        builder.AddRow(time, text);
    }

    /// <summary>Druid's own form needs no text of its own, and is read twice as fast.</summary>
    private static bool TryCanonical(string text, out long time)
    {
        time = 0;
        Span<byte> utf8 = stackalloc byte[CanonicalTimestamp.Length];
        return text.Length == CanonicalTimestamp.Length
            && Ascii.FromUtf16(text, utf8, out _) == OperationStatus.Done
            && CanonicalTimestamp.TryParse(utf8, out time);
    }

    /// <exception cref="Detection.AiOutliersException">No row has a time.</exception>
    public static void WarnOfUntimed(SeriesSetBuilder builder, int rows, string column, string file)
    {
        if (rows > 0 && builder.Rows == 0)
            throw TableFileReader.Wrong($"none of {rows} rows of {file} has a time in '{column}'");
        if (rows > 0)
            builder.Warn($"{rows} rows without a time in '{column}' are left out.");
    }
}
