namespace AiOutliers.Cluster.Clock;

public enum SntpReplyKind
{
    /// <summary>A usable time.</summary>
    Time,

    /// <summary>Not an answer to our question, or from a server without the time: another packet may be better.</summary>
    Wrong,

    /// <summary>Kiss of death RATE: ask less often.</summary>
    AskLess,

    /// <summary>Kiss of death DENY or RSTR: do not ask this server again.</summary>
    Refused,
}
