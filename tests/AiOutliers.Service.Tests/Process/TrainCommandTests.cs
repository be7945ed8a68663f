using System.Globalization;
using System.Text.Json;
using AiOutliers.Models.Folder;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary><c>train</c> in a process of its own, on the sample data.</summary>
[Trait("tier", "integration")]
public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task Train_ShippedModelForSomeEpochs_StillFindsTheFloodAndNamesMetricsAndClass()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Golden.Root, "models"), "traffic*"))
            File.Copy(file, Path.Combine(_models.Path, Path.GetFileName(file)));

        var run = await RunAsync("train", "traffic", "--to", "2024-09-30", "--epochs", "2");

        run.Error.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("traffic is trained further");
        var detected = await RunAsync("detect", "samples/query.json", "--model", "traffic", "--format", "json");
        detected.ExitCode.ShouldBe(3);
        var incident = JsonDocument.Parse(detected.Output).RootElement.GetProperty("series")[0].GetProperty("incidents").EnumerateArray().ShouldHaveSingleItem();
        TimeOf(incident, "start").ShouldBe(new(2024, 9, 24, 14, 10, 0, TimeSpan.Zero));
        incident.GetProperty("alarms").EnumerateArray().Select(static alarm => alarm.GetString()).ShouldContain("sharp");
        incident.GetProperty("reason").GetString()!.ShouldMatch(@"^sharp: the model cannot reproduce .*pkts \(\d");
    }

    [Fact]
    public async Task Train_OneSensorOfASharedModel_IsRefusedAndKeepsItsFilter()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Golden.Root, "models"), "traffic*"))
            File.Copy(file, Path.Combine(_models.Path, Path.GetFileName(file)));

        var run = await RunAsync("train", "traffic", "--sensor", "headquarters", "--to", "2024-09-30", "--epochs", "1");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("--sensor would make it one of headquarters alone");
        File.Exists(Path.Combine(_models.Path, "traffic_filter.json")).ShouldBe(File.Exists(Path.Combine(Golden.Root, "models", "traffic_filter.json")));
    }

    [Fact]
    public async Task Train_OneSensor_FindsExactlyTheFloodAndSaysHowGoodItIs()
    {
        var run = await RunAsync("train", "mine", "--sensor", "headquarters", "--to", "2024-09-30");

        run.Error.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("mine is a new model");
        run.Output.ShouldMatch("mine is (better|NOT better) than seasonal-scan: on 7 days that it has not learnt it finds");
        (await RunAsync("models", "inspect", "mine")).Output.ShouldContain("better than seasonal-scan");
        var detected = JsonDocument.Parse((await RunAsync("detect", "samples/query.json", "--model", "mine", "--format", "json")).Output).RootElement;
        var incident = detected.GetProperty("series")[0].GetProperty("incidents").EnumerateArray().ShouldHaveSingleItem();
        TimeOf(incident, "start").ShouldBe(new(2024, 9, 24, 14, 10, 0, TimeSpan.Zero));
        TimeOf(incident, "end").ShouldBe(new(2024, 9, 24, 14, 45, 0, TimeSpan.Zero));
        var rows = (await RunAsync("detect", "samples/query.json", "--model", "mine", "--format", "csv")).Output.Split('\n').Skip(1).Where(static line => line.Length > 0).Select(static line => line.Split(',')).ToArray();
        rows.Where(static row => row[3] == "1").Select(static row => row[0][11..16]).ShouldBe(["14:10", "14:15", "14:20", "14:25", "14:30", "14:35", "14:40"]);
        foreach (var row in rows)
            IsInBand(row).ShouldBe(row[3] == "0", row[0]);

        static bool IsInBand(string[] row)
        {
            var (value, lower, upper) = (Number(row[1]), Number(row[5]), Number(row[6]));
            return lower <= value && value <= upper;
        }

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Train_AllSensors_MakesAModelForEach()
    {
        var run = await RunAsync("train", "--all-sensors", "--to", "2024-09-30", "--from", "2024-09-28", "--epochs", "1");

        run.Error.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        ModelFiles.Names(_models.Path).ShouldBe(["branch-madrid", "data-center", "guest-wifi", "headquarters"]);
        ModelFiles.Sensor(_models.Path, "data-center").ShouldBe("data-center");
    }

    [Fact]
    public async Task Train_DryRun_SaysWhatItWouldDoAndDoesNothing()
    {
        var run = await RunAsync("train", "mine", "--sensor", "guest-wifi", "--to", "2024-09-30", "--dry-run");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("mine: a new model, 120 epochs at most, batches of 32, learning rate 0.004");
        run.Output.ShouldContain("pt5m  2024-09-02T00:00:00Z to 2024-09-30T00:00:00Z");
        Directory.GetFileSystemEntries(_models.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("mine --epochs 0", "--epochs 0 is not allowed")]
    [InlineData("mine --batch-size 0", "--batch-size 0 is not allowed")]
    [InlineData("", "Give its NAME, or --all-sensors")]
    [InlineData("mine --all-sensors", "NAME cannot be used with it")]
    [InlineData("mine --from soon", "not an ISO 8601 time")]
    [InlineData("mine --plot loss.gif", "must end in .svg or .png")]
    [InlineData("../mine", "cannot be a model's name")]
    [InlineData("a:b --data nowhere.csv", "'a:b' cannot be a model's name")]
    [InlineData("mine --sensor nobody --to 2024-09-30", "no traffic between")]
    [InlineData("mine --to 2001-01-01", "no traffic between")]
    [InlineData("mine --filter nowhere.json", "the file 'nowhere.json' was not found")]
    [InlineData("mine --learning-rate 0 --to 2024-09-30", "--learning-rate 0 is not allowed")]
    public async Task Train_BadInput_SaysWhatIsWrong(string arguments, string expected)
    {
        var run = await RunAsync(["train", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        run.Error.ShouldContain(expected);
        run.ExitCode.ShouldBe(2);
        Directory.GetFileSystemEntries(_models.Path).ShouldBeEmpty();
    }

    private static DateTimeOffset TimeOf(JsonElement incident, string name) =>
        DateTimeOffset.FromUnixTimeMilliseconds(incident.GetProperty(name).GetInt64());

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfAsync([.. ServiceFixture.Command, .. arguments, "--config", "samples/config.ini"],
        environment: new Dictionary<string, string> { ["Models__path"] = _models.Path });
}
