using System.CommandLine;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;

namespace AiOutliers.Service.Cli;

/// <summary>The short query in place of a file, and <c>--query</c>, which prints the native one.</summary>
internal static class DetectQuery
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static bool IsShort(string text) => !File.Exists(text) && ShortQuery.Is(text);

    /// <exception cref="AiOutliersException">It cannot be understood.</exception>
    public static DetectInput Read(string text, TrafficSchema schema, DateTimeOffset now) =>
        new(null, ShortQuery.Parse(text, schema, now).ToUtf8Json()) { Name = $"'{text}'", Metrics = ShortQuery.Metrics(text) };

    /// <exception cref="AiOutliersException">The input holds rows.</exception>
    public static int Print(DetectInput input, ParseResult parsed)
    {
        if (input.Query is not { } text)
            throw new AiOutliersException(ErrorKind.BadInput, $"--query prints a query, and {input.Name} holds rows");
        var query = DetectSeries.QueryOf(input, parsed) ?? DruidQuery.Parse(text.Span);
        System.Console.WriteLine(JsonSerializer.Serialize(JsonElement.Parse(query.ToUtf8Json()), Indented));
        return ExitCode.Success;
    }
}
