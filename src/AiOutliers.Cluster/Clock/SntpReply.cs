namespace AiOutliers.Cluster.Clock;

/// <param name="Kind">What the packet is worth.</param>
/// <param name="Offset">What has to be added to the local clock; zero unless <see cref="SntpReplyKind.Time"/>.</param>
/// <param name="RoundTrip">The time that the question and the answer travelled.</param>
/// <param name="Reason">Why the server gave no time, in words.</param>
public readonly record struct SntpReply(SntpReplyKind Kind, TimeSpan Offset, TimeSpan RoundTrip, string Reason);
