using AiOutliers.Engine.Analysis;

namespace AiOutliers.Service.Cli;

/// <summary>The exit code of what was found.</summary>
internal static class DetectVerdict
{
    /// <param name="report">What was found.</param>
    /// <param name="failOn">The least severity that counts; null: any.</param>
    public static int Of(JointReport report, double? failOn)
    {
        if (report.Incidents.Any(incident => failOn is null || incident.Worst.Severity >= failOn))
            return ExitCode.AnomaliesFound;
        return report.Reports.All(static one => one.Result.NoVerdict is null) ? ExitCode.Success : ExitCode.NotJudged;
    }

    /// <summary>The worse of two: anomalies, then what could not be judged.</summary>
    public static int Worse(int one, int other)
    {
        if (one == ExitCode.AnomaliesFound || other == ExitCode.AnomaliesFound)
            return ExitCode.AnomaliesFound;
        return Math.Max(one, other);
    }
}
