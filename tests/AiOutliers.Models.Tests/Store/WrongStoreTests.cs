using AiOutliers.Detection;
using AiOutliers.Models.Folder;
using AiOutliers.Models.Store;
using AiOutliers.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Models.Tests.Store;

/// <summary>A server that breaks S3's rules: what it does wrong with one object is that object's failure, and everybody sees it.</summary>
public sealed class WrongStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WrongStore _server = new();
    private readonly S3ObjectStore _objects;

    public WrongStoreTests() => _objects = new(_server.Settings);

    private ModelStore Store => new(_objects, TimeProvider.System);

    public void Dispose()
    {
        _objects.Dispose();
        _server.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("not hexadecimal")]
    [InlineData("0")]
    [InlineData("")]
    public async Task Poll_OneETagThatIsNotHexadecimal_DoesNotKeepTheOthersFromComing(string tag)
    {
        Put("a", "00112233445566778899aabbccddeeff-1");
        Put("b", tag);
        Put("c", "00112233445566778899aabbccddeeff-1");

        var report = await PollAsync();

        report.Swapped.ShouldContain("a");
        report.Swapped.ShouldContain("c");
        if (!report.Swapped.Contains("b"))
            report.Failure!.ShouldContain("the model 'b' could not be fetched");
    }

    [Fact]
    public async Task Poll_KeyShorterThanThePrefix_IsLeftAlone()
    {
        Put("a", "00112233445566778899aabbccddeeff-1");
        _server.Objects["x"] = ([1], "0");
        _server.Objects["rbaioutliers/latest"] = ([1], "0");
        (await PollAsync()).Swapped.ShouldBe(["a"]);
    }

    [Fact]
    public async Task Poll_MoreBytesThanListed_IsRefused()
    {
        Put("a", "00112233445566778899aabbccddeeff-1");
        _server.Missing = -1;
        var sync = Create();
        (await sync.PollAsync(default)).Swapped.ShouldBeEmpty();
        sync.Rejected["a"].ShouldContain("more bytes than the");
    }

    [Fact]
    public async Task Poll_FewerBytesThanListed_IsAFailure()
    {
        Put("a", "00112233445566778899aabbccddeeff-1");
        _server.Missing = 1;
        (await PollAsync()).Failure!.ShouldContain("closed the connection before the content was complete");
    }

    /// <summary>A redirection would lead the service to whatever address the server names.</summary>
    [Fact]
    public async Task Poll_ObjectsThatMoved_AreNotFollowed()
    {
        Put("a", "00112233445566778899aabbccddeeff-1");
        using var other = new WrongStore();
        _server.MovedTo = new Uri(other.Settings.Endpoint, "bucket/").AbsoluteUri;

        (await PollAsync()).Failure!.ShouldContain("answered 302");

        other.Listings.ShouldBe(0);
    }

    [Fact]
    public async Task List_WithoutEnd_IsGivenUp()
    {
        _server.ListsForever = true;
        (await Should.ThrowAsync<AiOutliersException>(() => Store.ListAsync())).Message.ShouldContain("pages of objects");
        _server.Listings.ShouldBeLessThanOrEqualTo(1000);
    }

    [Fact]
    public async Task Put_ServerThatTakesPlainBodiesOnly_GetsThemSigned()
    {
        _server.TakesPlainBodiesOnly = true;
        var file = Path.Combine(_folder.Path, "a.ini");
        File.WriteAllText(file, "[Columns]");
        await _objects.PutAsync(ModelStore.LatestPrefix, [file], "v");
        _server.Puts.ShouldBe(1);
    }

    [Fact]
    public async Task Put_NotImplemented_IsNotTriedAgain()
    {
        using var patient = new S3ObjectStore(_server.Settings with { Retries = 3 });
        var file = Path.Combine(_folder.Path, "a.ini");
        File.WriteAllText(file, "[Columns]");
        (await Should.ThrowAsync<AiOutliersException>(() => patient.PutAsync(ModelStore.LatestPrefix, [file], "v"))).Message.ShouldContain("answered 501");
        _server.Puts.ShouldBe(1);
    }

    private Task<SyncReport> PollAsync() => Create().PollAsync(default);

    private ModelSync Create() => new(
        Store, _folder.Path, static (folder, name) => ModelFiles.Load(folder, name), static _ => { }, TimeProvider.System, NullLogger<ModelSync>.Instance);

    private void Put(string name, string tag)
    {
        foreach (var (ending, path) in new[] { (".keras", ModelFolderContent.GoodNetwork), (".ini", ModelFolderContent.GoodProfile) })
            _server.Objects[ModelStore.LatestPrefix + name + ending] = (File.ReadAllBytes(path), tag);
    }
}
