using System.Net;
using AiOutliers.Packages.Tests.Configuration;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Packages.Tests.Rpm;

/// <summary>What the package holds, and that the program in it runs.</summary>
public sealed class RpmTests(RpmFixture rpm)
{
    /// <summary>What a minimal Rocky Linux 9 has: its C and C++ runtime, and packages that are always installed.</summary>
    private static readonly string[] OnEveryRocky =
    [
        "/bin/sh", "ld-linux-x86-64.so.2", "libc.so.6", "libdl.so.2", "libgcc_s.so.1", "libm.so.6", "libpthread.so.0", "librt.so.1", "libstdc++.so.6", "rtld(GNU_HASH)",
        "ca-certificates", "openssl-libs", "shadow-utils", "systemd", "tzdata", "config(rb-aioutliers)",
        "rpmlib(CompressedFileNames)", "rpmlib(FileDigests)", "rpmlib(PayloadFilesHavePrefix)", "rpmlib(PayloadIsZstd)",
    ];

    [Fact]
    public void File_Size_IsAtMost120Megabytes() => new FileInfo(rpm.File).Length.ShouldBeLessThanOrEqualTo(120_000_000);

    [Fact]
    public void Requires_Everything_IsOnAMinimalRocky()
    {
        var required = rpm.Query("--requires").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        required.ShouldContain(line => line.StartsWith("libc.so.6(", StringComparison.Ordinal));
        required.Where(line => !OnEveryRocky.Any(name => line == name || (line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is '(' or ' '))).ShouldBeEmpty();
    }

    [Fact]
    public void Provides_PrivateLibraries_AreNotOffered() => rpm.Query("--provides").ShouldNotContain(".so");

    [Theory]
    [InlineData("/opt/rb-aioutliers/config.ini", "-rw-r----- root:rb-aioutliers 17")]
    [InlineData("/opt/rb-aioutliers/bin/rb-aioutliers", "-rwxr-xr-x root:root 0")]
    [InlineData("/usr/lib/systemd/system/rb-aioutliers.service", "-rw-r--r-- root:root 0")]
    [InlineData("/usr/lib/systemd/system/rb-aioutliers-scheduler.service", "-rw-r--r-- root:root 0")]
    [InlineData("/usr/lib/systemd/system/rb-aioutliers-worker.service", "-rw-r--r-- root:root 0")]
    [InlineData("/usr/lib/sysctl.d/60-rb-aioutliers.conf", "-rw-r--r-- root:root 0")]
    [InlineData("/var/lib/rb-aioutliers/models", "drwxr-x--- rb-aioutliers:rb-aioutliers 0")]
    [InlineData("/var/lib/rb-aioutliers/backups", "drwxr-x--- rb-aioutliers:rb-aioutliers 0")]
    [InlineData("/var/log/rb-aioutliers", "drwxr-x--- rb-aioutliers:rb-aioutliers 0")]
    public void Files_ModeOwnerAndFlags_AreAsInstalled(string path, string expected) =>
        // Flags: 17 is a configuration file (1) that an upgrade does not replace (16).
        rpm.Query("--qf", "[%{FILENAMES} %{FILEMODES:perms} %{FILEUSERNAME}:%{FILEGROUPNAME} %{FILEFLAGS}\n]").Split('\n').ShouldContain($"{path} {expected}");

    [Fact]
    public void Licenses_OfWhatIsHandedOn_AreThere()
    {
        var folder = Path.Combine(rpm.Root, "usr/share/licenses/rb-aioutliers");
        var packages = File.ReadAllLines(Path.Combine(folder, "third-party/PACKAGES"));

        File.Exists(Path.Combine(folder, "LICENSE")).ShouldBeTrue();
        packages.ShouldContain(line => line.StartsWith("Microsoft.NETCore.App.Runtime.linux-x64/", StringComparison.Ordinal));
        packages.Where(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length < 2).ShouldBeEmpty("a licence is missing");
        File.Exists(Path.Combine(folder, "third-party/DuckDB.NET.Bindings.Full-LICENSE-DuckDB.txt")).ShouldBeTrue();
    }

    [Fact]
    public void Link_InPath_LeadsToTheProgram() => Tool.Run(Path.Combine(rpm.Root, "usr/bin/rb-aioutliers"), "--version").Succeeded().Trim().ShouldStartWith(rpm.Query("--qf", "%{VERSION}"));

    [Fact]
    public async Task Serve_FromThePackage_AnswersARequest()
    {
        using var folder = new TemporaryFolder();
        await using var service = await ConfiguredService.StartAsync([rpm.Executable], Path.Combine(rpm.Root, "opt/rb-aioutliers/config.ini"), new Dictionary<string, string>
        {
            ["Models__path"] = folder.Path,
            ["Logger__log_file"] = Path.Combine(folder.Path, "service.log"),
            ["Druid__druid_endpoint"] = "duckdb:" + Checkout.File("samples"),
        });
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("query", Convert.ToBase64String(await File.ReadAllBytesAsync(Checkout.File("samples/query.json"))))]);
        using var response = await service.Client.PostAsync("/calculate", form);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldStartWith("{\"status\":\"success\",\"anomalies\":[{\"timestamp\":\"2");
        (await service.StopAsync()).ShouldBe(0);
    }
}
