using System.Diagnostics;
using AiOutliers.Models.Folder;
using AiOutliers.Models.Keras;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary><c>models convert</c> in a process of its own.</summary>
[Trait("tier", "integration")]
public sealed class ConvertCommandTests : IDisposable
{
    private readonly TemporaryFolder _models = new();

    public ConvertCommandTests()
    {
        foreach (var ending in new[] { ".keras", ".ini" })
            File.Copy(Golden.Path("keras/k2_traffic_trained" + ending), Path.Combine(_models.Path, "traffic" + ending));
    }

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task Convert_ThereAndBack_SaysWhatItDidAndKeepsTheModelUsable()
    {
        (await RunAsync("traffic", "--keras", "3")).ShouldBe((0, "traffic: from Keras 2.15 to Keras 3.", ""));
        KerasFile.LayoutOf(File.ReadAllBytes(Archive)).ShouldBe(KerasLayout.Keras3);
        (await RunAsync("traffic", "--keras", "3")).ShouldBe((0, "traffic is an archive of Keras 3 already.", ""));
        (await RunAsync("traffic", "--keras", "2")).ShouldBe((0, "traffic: from Keras 3 to Keras 2.15.", ""));

        ModelFiles.Load(_models.Path, "traffic").Autoencoder.Profile.Metrics.Count.ShouldBe(12);
        Directory.GetFileSystemEntries(_models.Path).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Convert_LegacyHdf5_BecomesAnArchive()
    {
        File.Copy(Golden.Path("keras/k2_traffic_float32.h5"), Archive, overwrite: true);

        (await RunAsync("traffic", "--keras", "2")).ShouldBe((0, "traffic: from legacy HDF5 to Keras 2.15.", ""));

        KerasFile.LayoutOf(File.ReadAllBytes(Archive)).ShouldBe(KerasLayout.Keras2);
    }

    [Fact]
    public async Task Convert_UnknownModel_SaysSo()
    {
        var (exitCode, _, errors) = await RunAsync("other", "--keras", "3");
        (exitCode, errors).ShouldBe((2, "rb-aioutliers: 'other' is not a model; `rb-aioutliers models` lists the models."));
    }

    [Fact]
    public async Task Convert_UnknownKeras_SaysWhatThereIs()
    {
        var (exitCode, _, errors) = await RunAsync("traffic", "--keras", "4");
        exitCode.ShouldBe(2);
        errors.ShouldContain("'4' is not one of 2, 3.");
    }

    [Fact]
    public async Task Convert_DamagedModel_NamesTheFileAndLeavesIt()
    {
        var damaged = File.ReadAllBytes(Archive)[..5000];
        File.WriteAllBytes(Archive, damaged);

        var (exitCode, _, errors) = await RunAsync("traffic", "--keras", "3");

        (exitCode, errors).ShouldBe((1, "rb-aioutliers: the model 'traffic' cannot be used: traffic.keras: the file is truncated or damaged"));
        File.ReadAllBytes(Archive).ShouldBe(damaged);
    }

    private string Archive => Path.Combine(_models.Path, "traffic.keras");

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(ServiceFixture.Command[0], [.. ServiceFixture.Command[1..], "models", "convert", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Models__path"] = _models.Path;
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).Trim(), (await errors).Trim());
    }
}
