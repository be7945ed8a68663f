namespace AiOutliers.Detection.IpCauses;

/// <summary>The traffic of one IP.</summary>
/// <param name="Ip">The address, as the client writes it.</param>
/// <param name="Times">Milliseconds since 1970-01-01T00:00Z, as they came.</param>
/// <param name="Bytes">Bytes per row; one for each time; NaN where missing.</param>
public sealed record IpTraffic(string Ip, long[] Times, double[] Bytes);
