using System.CommandLine;
using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Engine.Explanation;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Cli;

/// <summary><c>detect --explain</c>: the causes of the incidents.</summary>
internal static class DetectCauses
{
    /// <summary>The dimensions that are configured.</summary>
    public const string Configured = "auto";

    /// <summary>Null where causes are not asked for.</summary>
    /// <exception cref="AiOutliersException">They are, and there is nothing that could be asked for them.</exception>
    public static IncidentExplainer? Open(ParseResult parsed, Settings settings, IDruidSource? source, DetectInput input)
    {
        if (parsed.GetValue(DetectOptions.Explain) is not { } text)
            return null;
        if (source is null || input.Query is null)
            throw new AiOutliersException(ErrorKind.BadInput,
                "--explain asks the data source for causes, so it takes a Druid query, and [Druid] druid_endpoint; rows alone do not tell");
        string[] dimensions = text == Configured
            ? []
            : text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var traffic = settings.Engine.Traffic;
        return new(new(traffic, source, TimeProvider.System), traffic, dimensions);
    }
}
