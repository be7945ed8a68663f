using System.Globalization;
using System.Text;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Service.Api.V1;

/// <summary>
/// Says beside version 1's frozen body what was judged, by whom, and with how many rows before. Names come from data and files: whatever is
/// not printable ASCII is percent-encoded.
/// </summary>
internal static class JudgedHeaders
{
    private const int Longest = 500;

    public static void Write(IHeaderDictionary headers, AnalysisReport report)
    {
        headers["X-AiOutliers-Metric"] = Printable(report.Metric);
        headers["X-AiOutliers-Detector"] = report.Detector;
        if (report.Model is { } model)
            headers["X-AiOutliers-Model"] = Printable(model);
        headers["X-AiOutliers-History"] = report.History.Rows.ToString(CultureInfo.InvariantCulture);
        if (report.History.Warning is { } warning)
            headers["X-AiOutliers-Warning"] = Printable(warning);
    }

    /// <summary>Whether the client wants nothing from memory.</summary>
    public static bool WantsAnew(HttpRequest request) =>
        request.GetTypedHeaders().CacheControl is { NoCache: true } or { NoStore: true } or { MaxAge.Ticks: 0 };

    internal static string Printable(string text)
    {
        var printable = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (printable.Length > Longest)
                return printable.Append("...").ToString();
            // A percent sign of its own must not look like an encoded character.
            printable.Append(rune.Value is >= ' ' and <= '~' and not '%' ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        }
        return printable.ToString();
    }
}
