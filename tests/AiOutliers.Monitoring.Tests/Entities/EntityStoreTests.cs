using AiOutliers.Models.Store;
using AiOutliers.Monitoring.Entities;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Monitoring.Tests.Entities;

public sealed class EntityStoreTests
{
    /// <summary>A monitor runs without the state that was stored: all of it can be asked for again.</summary>
    [Fact]
    public async Task Load_OfShardsThatDoNotArrive_IsNotAFailure()
    {
        var state = new MonitorEntities(new(300_000, 4, ["bytes"], ["host"]));

        await new EntityStore(static () => new LosingStore(), NullLogger.Instance).LoadAsync("edge", state, "a question", default);

        (state.Count, state.Reading.IsPartial).ShouldBe((0, true));
    }

    /// <summary>The disk takes nothing of what it sends.</summary>
    private sealed class LosingStore : IObjectStore
    {
        public string Place => "nowhere";

        public async IAsyncEnumerable<StoredObject> ListAsync(
            string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
        {
            await Task.Yield();
            yield return new(prefix + "0000.shard", "", 1, DateTime.UnixEpoch);
        }

        public Task<string?> GetAsync(StoredObject item, string file, CancellationToken cancellation = default) =>
            Task.FromResult<string?>(null);

        public Task PutAsync(string prefix, IReadOnlyList<string> files, string tag, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public Task CopyAsync(IReadOnlyList<StoredObject> items, string prefix, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellation = default) => throw new NotSupportedException();
    }
}
