namespace AiOutliers.Samples.Detail;

/// <summary>Who talks to whom, how, and where it passes.</summary>
internal sealed record Connection(
    string Source, string Target, int Protocol, int SourcePort, int TargetPort, string Direction, string Interface, string Country);
