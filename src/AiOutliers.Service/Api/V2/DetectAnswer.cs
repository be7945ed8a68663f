using System.ComponentModel.DataAnnotations;

namespace AiOutliers.Service.Api.V2;

/// <summary>The answer; times are milliseconds since 1970, what is missing is null.</summary>
/// <param name="Detector">Who judged; null where nothing could be.</param>
/// <param name="Model">The deep model.</param>
/// <param name="Granularity">The width of a bucket, such as PT5M.</param>
/// <param name="Interval">What the answer is about.</param>
/// <param name="History">The rows before it.</param>
/// <param name="Series">The most severe first.</param>
/// <param name="Counts">How many there are, were judged, and are anomalous.</param>
/// <param name="Warnings">What a reader should know.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record DetectAnswer(
    string? Detector, string? Model, string? Granularity, AnswerInterval Interval, AnswerHistory History,
    IReadOnlyList<AnswerSeries> Series, AnswerCounts Counts, IReadOnlyList<string> Warnings, AnswerTimes Milliseconds);

internal sealed record AnswerInterval(long? From, long? To);

/// <param name="From">The first row before the asked ones.</param>
/// <param name="Rows">The most rows that a series has before the asked ones.</param>
/// <param name="Cached">Whether they came from memory.</param>
internal sealed record AnswerHistory(long? From, int Rows, bool Cached);

/// <param name="Key">The values of the dimensions; one without a value is left out.</param>
/// <param name="Metric">The judged metric; null where the series could not be judged at all.</param>
/// <param name="Judged">Whether there is a verdict.</param>
/// <param name="NotJudged">Why there is none.</param>
/// <param name="Rows">Where include has rows.</param>
/// <param name="Incidents">Where include has incidents.</param>
internal sealed record AnswerSeries(
    IReadOnlyDictionary<string, string> Key, string? Metric, bool Judged, string? NotJudged,
    AnswerRows? Rows = null, IReadOnlyList<AnswerIncident>? Incidents = null);

internal sealed record AnswerRows(
    IReadOnlyList<long> Time, IReadOnlyList<double?> Value, IReadOnlyList<double?> Expected, IReadOnlyList<double?>? Lower,
    IReadOnlyList<double?>? Upper, IReadOnlyList<double?> Score, IReadOnlyList<double?>? Severity, IReadOnlyList<bool> Anomalous,
    IReadOnlyDictionary<string, IReadOnlyList<double?>> Scores, IReadOnlyList<AnswerReason> Reasons);

internal sealed record AnswerReason(long Time, IReadOnlyList<string> Alarms, string Reason);

internal sealed record AnswerIncident(
    string Id,
    [property: AllowedValues("spike", "dip", "outage", "level_shift", "ramp", "missing_peak")] string Kind,
    [property: AllowedValues("sharp", "sustained", "outage", "shift")] IReadOnlyList<string> Alarms,
    long Start, long End, bool Ongoing, double Severity, AnswerPeak? Peak,
    double? Area, string Reason, ExplainAnswer? Causes = null);

internal sealed record AnswerPeak(long Time, double? Value, double? Expected);

/// <param name="Series">Series, one a key and metric.</param>
/// <param name="Judged">Those with a verdict.</param>
/// <param name="Anomalous">Those with an incident in the asked time.</param>
internal sealed record AnswerCounts(int Series, int Judged, int Anomalous);

internal sealed record AnswerTimes(double Source, double Detection);

/// <summary>The last line of an answer line by line: what stands around the series in an answer as one object.</summary>
internal sealed record DetectSummary(
    string? Detector, string? Model, string? Granularity, AnswerInterval Interval, AnswerHistory History,
    AnswerCounts Counts, IReadOnlyList<string> Warnings, AnswerTimes Milliseconds);

/// <param name="Summary">The answer is whole.</param>
internal sealed record SummaryLine(DetectSummary Summary);

/// <param name="Error">The answer is not whole.</param>
internal sealed record ErrorLine(ProblemAnswer Error);
