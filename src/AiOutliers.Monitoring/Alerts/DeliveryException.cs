namespace AiOutliers.Monitoring.Alerts;

/// <summary>A contact could not be told; the message holds no secret.</summary>
internal sealed class DeliveryException(string message, Exception? inner = null) : Exception(message, inner);
