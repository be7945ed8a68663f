namespace AiOutliers.Monitoring.Alerts;

/// <summary>What one message tells.</summary>
/// <param name="Key">The same each time that it is sent: receivers can tell a repetition by it.</param>
/// <param name="Messages">At least one.</param>
/// <param name="Text">In words: the template's, or the usual ones.</param>
/// <param name="Title">One line.</param>
/// <param name="Time">When it is sent.</param>
public sealed record AlertBatch(
    string Key, IReadOnlyList<AlertMessage> Messages, string Text, string Title, DateTimeOffset Time)
{
    /// <summary>Whether all of it is over.</summary>
    public bool IsEnd => Messages.All(static message => message.Event == AlertMessage.End);

    public double Severity => Messages.Max(static message => message.Severity);
}
