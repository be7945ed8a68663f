using AiOutliers.Detection;
using AiOutliers.Service.Cli;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Terminal;

public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Write_ThatIsStopped_LeavesWhatWasThereAndNothingElse()
    {
        var path = Path.Combine(_folder.Path, "rows.csv");
        await File.WriteAllTextAsync(path, "before");

        await Should.ThrowAsync<OperationCanceledException>(() => WholeFile.WriteAsync(path, static async file =>
        {
            await file.WriteAsync("half"u8.ToArray());
            throw new OperationCanceledException();
        }));

        (await File.ReadAllTextAsync(path)).ShouldBe("before");
        Directory.GetFiles(_folder.Path).ShouldBe([path]);
    }

    [Fact]
    public async Task Write_WhileAnotherWritesTheSameFile_IsRefused_AndTheOtherEndsWell()
    {
        var path = Path.Combine(_folder.Path, "rows.csv");

        await WholeFile.WriteAsync(path, async file =>
        {
            await Should.ThrowAsync<AiOutliersException>(() => WholeFile.WriteAsync(path, static _ => Task.CompletedTask));
            await file.WriteAsync("whole"u8.ToArray());
        });

        (await File.ReadAllTextAsync(path)).ShouldBe("whole");
        Directory.GetFiles(_folder.Path).ShouldBe([path]);
    }

    [Fact]
    public async Task Write_ThatTheDiskRefuses_NamesTheFile()
    {
        var path = Path.Combine(_folder.Path, "rows.csv");

        var error = await Should.ThrowAsync<AiOutliersException>(() => WholeFile.WriteAsync(path, static _ => throw new IOException("full")));

        error.Kind.ShouldBe(ErrorKind.BadInput);
        error.Message.ShouldBe($"'{path}' cannot be written: full");
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }
}
