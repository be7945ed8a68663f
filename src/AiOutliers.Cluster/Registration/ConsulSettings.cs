namespace AiOutliers.Cluster.Registration;

/// <param name="Endpoint">The agent's address.</param>
/// <param name="ServiceName">What others look for.</param>
/// <param name="ServiceAddress">The address that others are told; null takes this machine's.</param>
/// <param name="ServicePort">The port that others are told; null takes the one that is listened on.</param>
public sealed record ConsulSettings(Uri Endpoint, string ServiceName, string? ServiceAddress, int? ServicePort);
