using AiOutliers.Tests.Shared;

namespace AiOutliers.Packages.Tests.Rpm;

/// <summary>The three systemd units, judged by systemd itself.</summary>
public sealed class UnitFileTests(RpmFixture rpm)
{
    /// <summary>Exposure that systemd calls OK, times ten: 0 is a locked room, 96 a service without any protection.</summary>
    private const int MaximumExposure = 20;

    private const string SystemUnits = "/usr/lib/systemd/system";

    [Theory]
    [InlineData("rb-aioutliers.service", "serve")]
    [InlineData("rb-aioutliers-scheduler.service", "schedule")]
    [InlineData("rb-aioutliers-worker.service", "work")]
    public void Unit_Verified_IsAcceptedAndHardened(string unit, string command)
    {
        Tool.Require("systemd-analyze", "systemd");
        using var root = new TemporaryFolder();
        var file = Prepare(root.Path, unit);

        var verdict = Tool.Run("systemd-analyze", "verify", "--man=no", $"--root={root.Path}", unit);
        verdict.ExitCode.ShouldBe(0, verdict.Errors);
        (verdict.Output + verdict.Errors).ShouldBe("");
        var exposure = Tool.Run("systemd-analyze", "security", "--offline=true", "--no-pager", $"--threshold={MaximumExposure}", file);
        exposure.ExitCode.ShouldBe(0, exposure.Output + exposure.Errors);

        var lines = File.ReadAllLines(file);
        lines.ShouldContain($"ExecStart=/opt/rb-aioutliers/bin/rb-aioutliers {command} --config /opt/rb-aioutliers/config.ini");
        lines.ShouldContain("User=rb-aioutliers");
        lines.ShouldContain("Type=notify");
        lines.ShouldContain("WatchdogSec=60");
        lines.ShouldContain("MemoryMax=4G");
        lines.ShouldContain("ExecReload=/bin/kill -HUP $MAINPID");
        lines.ShouldContain("NoNewPrivileges=yes");
        lines.ShouldContain("ProtectSystem=strict");
    }

    [Fact]
    public void Verify_UnitWithAWrongCommand_IsRefused()
    {
        Tool.Require("systemd-analyze", "systemd");
        using var root = new TemporaryFolder();
        var file = Prepare(root.Path, "rb-aioutliers.service");
        File.WriteAllText(file, File.ReadAllText(file).Replace("/bin/rb-aioutliers serve", "/bin/missing serve", StringComparison.Ordinal));

        Tool.Run("systemd-analyze", "verify", "--man=no", $"--root={root.Path}", "rb-aioutliers.service").ExitCode.ShouldNotBe(0);
    }

    /// <summary>A root with the unit, the program's file, and the targets of this machine that the unit leans on.</summary>
    private string Prepare(string root, string unit)
    {
        var units = Directory.CreateDirectory(root + SystemUnits).FullName;
        foreach (var target in Directory.EnumerateFiles(SystemUnits, "*.target"))
            File.Copy(target, Path.Combine(units, Path.GetFileName(target)));
        Directory.CreateDirectory(Path.Combine(root, "opt/rb-aioutliers/bin"));
        File.Copy(rpm.Executable, Path.Combine(root, "opt/rb-aioutliers/bin/rb-aioutliers"));
        // What ExecReload runs; util-linux has it on Rocky Linux.
        Directory.CreateDirectory(Path.Combine(root, "bin"));
        File.Copy("/bin/sh", Path.Combine(root, "bin/kill"));
        var file = Path.Combine(units, unit);
        File.Copy(rpm.Root + SystemUnits + "/" + unit, file);
        return file;
    }
}
