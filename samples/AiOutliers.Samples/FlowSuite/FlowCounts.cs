namespace AiOutliers.Samples.FlowSuite;

/// <summary>What a bucket counts, before rounding.</summary>
internal readonly record struct FlowCounts(double Bytes, double Packets, double Flows, double Clients);
