using AiOutliers.Tests.Shared;

namespace AiOutliers.Packages.Tests.Rpm;

/// <summary>The package's scriptlets as rpm runs them (the argument is how many versions stay installed), with the system's programs replaced by ones that take notes.</summary>
public sealed class ScriptletTests(RpmFixture rpm)
{
    private const string Units = "rb-aioutliers.service rb-aioutliers-scheduler.service rb-aioutliers-worker.service";
    private const string NewGroup = "groupadd --system rb-aioutliers";
    private const string NewUser =
        "useradd --system --gid rb-aioutliers --home-dir /var/lib/rb-aioutliers --no-create-home --shell /sbin/nologin --comment rb-aioutliers rb-aioutliers";

    [Fact]
    public void Install_NewMachine_CreatesGroupAndUserAndStartsNothing()
    {
        Run("PREIN", 1, failing: "getent").Calls.ShouldBe(["getent group rb-aioutliers", NewGroup, "getent passwd rb-aioutliers", NewUser]);
        Run("POSTIN", 1).Calls.ShouldBe([$"systemctl --no-reload preset {Units}", "systemctl daemon-reload"]);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("8080", false)]
    public void Install_PortsOfTheService_AreReservedUnlessOthersAre(string reserved, bool expected)
    {
        var calls = Run("POSTIN", 1, reserved: reserved).Calls;
        calls.Contains("sysctl -q -p /usr/lib/sysctl.d/60-rb-aioutliers.conf").ShouldBe(expected);
    }

    [Fact]
    public void Install_UserExists_LeavesIt() => Run("PREIN", 1).Calls.ShouldBe(["getent group rb-aioutliers", "getent passwd rb-aioutliers"]);

    [Fact]
    public void Install_UserCannotBeCreated_Fails() => Run("PREIN", 1, failing: "getent useradd").ExitCode.ShouldNotBe(0);

    [Fact]
    public void Upgrade_Always_KeepsWhatIsEnabledAndRestartsWhatRuns()
    {
        Run("POSTIN", 2).Calls.ShouldBe(["systemctl daemon-reload"]);
        Run("PREUN", 1).Calls.ShouldBeEmpty();
        Run("POSTUN", 1).Calls.ShouldBe(["systemctl daemon-reload", $"systemctl --no-block try-restart {Units}"]);
    }

    [Fact]
    public void Remove_Always_StopsAndDisables()
    {
        Run("PREUN", 0).Calls.ShouldBe([$"systemctl --no-reload disable --now {Units}"]);
        Run("POSTUN", 0).Calls.ShouldBe(["systemctl daemon-reload"]);
    }

    [Fact]
    public void AnyScriptlet_WithoutRunningSystemd_AsksNothingOfIt()
    {
        Run("POSTIN", 1, systemdRuns: false).Calls.ShouldBe([$"systemctl --no-reload preset {Units}"]);
        Run("PREUN", 0, systemdRuns: false).Calls.ShouldBe([$"systemctl --no-reload disable {Units}"]);
        Run("POSTUN", 1, systemdRuns: false).Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("POSTIN", 1)]
    [InlineData("PREUN", 0)]
    [InlineData("POSTUN", 1)]
    public void AnyScriptlet_SystemctlFails_LetsTheTransactionGoOn(string scriptlet, int staying) => Run(scriptlet, staying, failing: "systemctl").ExitCode.ShouldBe(0);

    private (int ExitCode, string[] Calls) Run(string scriptlet, int staying, string failing = "", bool systemdRuns = true, string reserved = "8080")
    {
        using var folder = new TemporaryFolder();
        var notes = Path.Combine(folder.Path, "notes");
        File.WriteAllText(notes, "");
        var ports = Path.Combine(folder.Path, "ports");
        File.WriteAllText(ports, reserved + "\n");
        Tool.Run("ln", "-s", "/bin/cat", Path.Combine(folder.Path, "cat")).Succeeded();
        foreach (var program in (string[])["getent", "groupadd", "useradd", "systemctl", "sysctl"])
        {
            var file = Path.Combine(folder.Path, program);
            File.WriteAllText(file, $"#!/bin/sh\necho \"{program} $*\" >> {notes}\nexit {(failing.Split(' ').Contains(program) ? 1 : 0)}\n");
            Tool.Run("chmod", "0700", file).Succeeded();
        }
        var running = systemdRuns ? folder.Path : Path.Combine(folder.Path, "none");
        var script = rpm.Query("--qf", $"%{{{scriptlet}}}").Replace("/run/systemd/system", running, StringComparison.Ordinal)
            .Replace("/proc/sys/net/ipv4/ip_local_reserved_ports", ports, StringComparison.Ordinal);
        var result = Tool.Run("/bin/sh", ["-c", script, scriptlet, staying.ToString()], "", new Dictionary<string, string> { ["PATH"] = folder.Path });
        return (result.ExitCode, File.ReadAllLines(notes));
    }
}
