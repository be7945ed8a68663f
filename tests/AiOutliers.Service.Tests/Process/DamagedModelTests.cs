using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Model files that cannot be used: the answer names the file and what is wrong with it, and the service goes on.</summary>
[Trait("tier", "integration")]
public sealed class DamagedModelTests
{
    private static readonly byte[] Whole = File.ReadAllBytes(Golden.Path("keras/k2_traffic_trained.keras"));
    private static readonly string Profile = File.ReadAllText(Golden.Path("keras/k2_traffic_trained.ini"));

    [Fact]
    public async Task Post_DamagedModel_NamesTheFileAndWhatIsWrong()
    {
        using var folder = new TemporaryFolder();
        var expectations = WriteModels(folder.Path);
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command, new Dictionary<string, string> { ["Models__path"] = folder.Path });

        foreach (var (name, expected) in expectations)
        {
            var answer = await ServiceFixture.PostAsync(service, "/calculate", ("data", Rows.Day(100)), ("model", name));
            answer.Status.ShouldBe(HttpStatusCode.InternalServerError, name);
            answer.Message.ShouldNotBeNull().ShouldStartWith("Error while calculating prediction model: the model '" + name);
            answer.Message.ShouldContain(expected);
            answer.Message.ShouldNotContain(folder.Path);
            answer.Message.Length.ShouldBeLessThan(500);
        }
        var ready = JsonNode.Parse(await service.Client.GetStringAsync("/health/ready"))!;
        ready["unusableModels"]!.AsObject().Count.ShouldBe(expectations.Count);
        (await ServiceFixture.PostAsync(service, "/calculate", ("data", Rows.Day(100)))).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static Dictionary<string, string> WriteModels(string folder)
    {
        Write("truncated", Whole[..(Whole.Length / 2)], Profile);
        Write("empty", [], Profile);
        Write("text", "not a model"u8.ToArray(), Profile);
        Write("half-weights", WithEntry("model.weights.h5", content => content[..(content.Length / 2)]), Profile);
        Write("layer-too-many", WithConfig(config => config["config"]!["layers"]!.AsArray().Add(JsonNode.Parse("""{"class_name":"Dense","config":{"name":"extra","units":3},"inbound_nodes":[[["end",0,0,{}]]]}"""))), Profile);
        Write("unknown-layer", WithConfig(config => config["config"]!["layers"]![2]!["class_name"] = "Attention"), Profile);
        Write("unknown-option", WithConfig(config => config["config"]!["layers"]![2]!["config"]!["frobnicate"] = 3), Profile);
        Write("float64", WithConfig(config => config["config"]!["layers"]![2]!["config"]!["dtype"] = "float64"), Profile);
        Write("bomb", WithEntry("config.json", content => [.. new byte[100 << 20], .. content]), Profile);
        Write("no-profile", Whole, null);
        Write("huge-profile", Whole, Profile + new string('x', 2 << 20));
        Write("long-line", Whole, Profile + "\n" + new string('x', 100_000));
        Write("bad-profile", Whole, Profile.Replace("window_size = 16", "window_size = many", StringComparison.Ordinal));
        Write("other-windows", Whole, Profile.Replace("window_size = 16", "window_size = 8", StringComparison.Ordinal));
        return new()
        {
            ["truncated"] = "truncated.keras: the file is truncated or damaged",
            ["empty"] = "empty.keras: the file is empty",
            ["text"] = "neither a Keras archive (zip) nor HDF5",
            ["half-weights"] = "half-weights.keras: the file is truncated or damaged",
            ["layer-too-many"] = "'extra' needs 2 weights",
            ["unknown-layer"] = "(Attention) is not supported",
            ["unknown-option"] = "the option 'frobnicate' with the value 3",
            ["float64"] = "the dtype 'float64'",
            ["bomb"] = "'config.json' of the archive has 1048",
            ["huge-profile"] = "huge-profile.ini: the file has 2",
            ["long-line"] = "Unrecognized line format: 'xxx",
            ["no-profile"] = "no-profile.ini: the file is missing",
            ["bad-profile"] = "[General] window_size",
            ["other-windows"] = "ask for (16, 20)",
        };

        void Write(string name, byte[] model, string? profile)
        {
            File.WriteAllBytes(Path.Combine(folder, name + ".keras"), model);
            if (profile is not null)
                File.WriteAllText(Path.Combine(folder, name + ".ini"), profile);
        }
    }

    private static byte[] WithConfig(Action<JsonNode> change) => WithEntry("config.json", content =>
    {
        var config = JsonNode.Parse(content)!;
        change(config);
        return Encoding.UTF8.GetBytes(config.ToJsonString());
    });

    private static byte[] WithEntry(string name, Func<byte[], byte[]> change)
    {
        using var buffer = new MemoryStream();
        buffer.Write(Whole);
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = archive.GetEntry(name)!;
            using var content = new MemoryStream();
            using (var stream = entry.Open())
                stream.CopyTo(content);
            entry.Delete();
            using var changed = archive.CreateEntry(name).Open();
            changed.Write(change(content.ToArray()));
        }
        return buffer.ToArray();
    }
}
