using Hangfire;
using Hangfire.Logging;
using Hangfire.Server;
using Hangfire.States;
using Hangfire.Storage;

namespace AiOutliers.Cluster.Jobs;

/// <summary>Redis' storage behind the gate: everything is passed on, jobs are read by <see cref="GuardedConnection"/>.</summary>
internal sealed class GuardedStorage(JobStorage inner, JobGate gate) : JobStorage
{
    /// <summary>One server answers all: a job that is not there now will not be there in a moment.</summary>
    public override bool LinearizableReads => true;

    public override IStorageConnection GetConnection() => new GuardedConnection((JobStorageConnection)inner.GetConnection(), gate);

    public override IMonitoringApi GetMonitoringApi() => inner.GetMonitoringApi();

    // Hangfire asks for these, and Redis' storage has nothing newer.
#pragma warning disable CS0618, CS0672
    public override IEnumerable<IServerComponent> GetComponents() => inner.GetComponents();
#pragma warning restore CS0618, CS0672

    public override IEnumerable<IBackgroundProcess> GetServerRequiredProcesses() => inner.GetServerRequiredProcesses();

    public override IEnumerable<IBackgroundProcess> GetStorageWideProcesses() => inner.GetStorageWideProcesses();

    public override IEnumerable<IStateHandler> GetStateHandlers() => inner.GetStateHandlers();

    public override void WriteOptionsToLog(ILog logger) => inner.WriteOptionsToLog(logger);

    public override bool HasFeature(string featureId) => inner.HasFeature(featureId);

    public override string ToString() => "Redis";
}
