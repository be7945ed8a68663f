namespace AiOutliers.Monitoring.Entities;

/// <summary>Since when an entity is known, and when it last had a row: numbers of buckets.</summary>
internal readonly record struct EntityTimes(uint First, uint Last);
