namespace AiOutliers.Samples;

/// <summary>One minute of one sensor, with the columns of rb_flow that the traffic set is made of.</summary>
internal readonly record struct FlowRow(DateTimeOffset Time, string Sensor, long Bytes, long Packets, long Flows, long Clients);
