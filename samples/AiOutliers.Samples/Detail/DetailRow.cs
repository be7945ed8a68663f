namespace AiOutliers.Samples.Detail;

/// <summary>What one connection of hosts did in a minute of a sensor.</summary>
internal readonly record struct DetailRow(DateTimeOffset Time, string Sensor, Connection Connection, long Bytes, long Packets, long Flows);
