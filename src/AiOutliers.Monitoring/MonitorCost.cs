namespace AiOutliers.Monitoring;

/// <summary>What a monitor takes, about.</summary>
/// <param name="Entities">How many it judges.</param>
/// <param name="RowsPerRun">Rows that a run asks for: one for each entity and new bucket.</param>
/// <param name="StateBytes">What is known of the entities takes in memory, and again in the model store.</param>
/// <param name="ProcessorMilliseconds">What a run takes of a processor, the data source's not counted.</param>
public sealed record MonitorCost(long Entities, long RowsPerRun, long StateBytes, long ProcessorMilliseconds)
{
    /// <summary>Entities beyond those, which are left out.</summary>
    public long LeftOut { get; init; }
}
