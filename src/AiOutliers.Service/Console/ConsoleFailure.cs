using AiOutliers.Detection;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring.Alerts;

namespace AiOutliers.Service.Console;

/// <summary>What could not be shown: what happened, and what to do.</summary>
/// <param name="Title">In a few words.</param>
/// <param name="Words">The message.</param>
/// <param name="Advice">What to do; null where the message says it.</param>
public sealed record ConsoleFailure(string Title, string Words, string? Advice)
{
    /// <summary>Whether the same may work later: what is asked wrongly does not.</summary>
    public bool MayPass { get; init; }

    /// <summary>Null for an exception that nobody expects.</summary>
    public static ConsoleFailure? Of(Exception error) => error switch
    {
        AnalysisException analysis => Of(analysis.Kind, analysis.Message),
        AiOutliersException { InnerException: DeliveryException } refused => new(
            "The sample did not arrive", refused.Message, "Settings has the contact: mend it, and test it again."),
        AiOutliersException known => Of(known.Kind, known.Message),
        TimeoutException or OperationCanceledException => new(
            "No answer in time", "The data source has not answered within two minutes.", "Ask for a shorter interval or wider buckets.")
        {
            MayPass = true,
        },
        _ => null,
    };

    private static ConsoleFailure Of(ErrorKind kind, string message) => kind switch
    {
        ErrorKind.NothingToJudge => new("Nothing to judge", message, null),
        ErrorKind.BadInput => new("This cannot be asked for", message, null),
        ErrorKind.InUse => new("Something else needs it", message, null),
        ErrorKind.SourceFailed => new(
            "The data source does not answer this", message, "Answers come back when it does. Settings shows its state.")
        {
            MayPass = true,
        },
        ErrorKind.UnusableModel => new("The model cannot be used", message, "Choose another detector, or have the model trained again."),
        ErrorKind.ClusterFailed => new("A part of the cluster does not answer", message, null) { MayPass = true },
        _ => new("The configuration is wrong", message, null),
    };
}
