namespace AiOutliers.Monitoring.Alerts;

/// <summary>A message could not be delivered. What leaves <see cref="AlertSenders"/> is one short line that holds no secret.</summary>
public sealed class DeliveryException(string message, Exception? inner = null) : Exception(message, inner);
