namespace AiOutliers.Detection.Detectors;

/// <summary>A part of what was judged: rows before it served as history.</summary>
public static class DetectionSlice
{
    /// <summary>
    /// The verdicts of some of the rows. Incidents that reach into their time stay whole: one that began before keeps its begin and its
    /// peak.
    /// </summary>
    /// <param name="result">One entry per row of a longer table.</param>
    /// <param name="start">The first row wanted.</param>
    /// <param name="rows">How many.</param>
    /// <param name="from">Where the first row's bucket begins, in milliseconds since 1970.</param>
    /// <param name="until">Where the last row's bucket ends.</param>
    public static DetectionResult Slice(this DetectionResult result, int start, int rows, long from, long until)
    {
        if (start == 0 && rows == result.Scores.Length)
            return result;
        return result with
        {
            Scores = Part(result.Scores)!,
            OtherScores = [.. result.OtherScores.Select(score => score with { Values = Part(score.Values)! })],
            Anomalies = result.Anomalies.AsSpan(start, rows).ToArray(),
            Expected = Part(result.Expected)!,
            Lower = Part(result.Lower),
            Upper = Part(result.Upper),
            Severities = Part(result.Severities),
            Alarms = result.Alarms?.AsSpan(start, rows).ToArray(),
            Incidents = [.. result.Incidents.Where(incident => incident.Start < until && incident.End > from)],
            Reasons =
            [
                .. result.Reasons.Where(reason => reason.Row >= start && reason.Row < start + rows)
                    .Select(reason => reason with { Row = reason.Row - start }),
            ],
        };

        double[]? Part(double[]? values) => values?.AsSpan(start, rows).ToArray();
    }
}
