using System.Diagnostics;
using System.Text;

namespace AiOutliers.Tests.Shared;

/// <summary>A process of a test's own, with what it says; killed when disposed.</summary>
internal abstract class HeardProcess : IAsyncDisposable
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _log = new();

    /// <param name="start">What is started by <see cref="Begin"/>.</param>
    protected HeardProcess(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        Process = new Process { StartInfo = start, EnableRaisingEvents = true };
        Process.OutputDataReceived += (_, line) => Hear(line.Data);
        Process.ErrorDataReceived += (_, line) => Hear(line.Data);
    }

    public int Id => Process.Id;

    public bool HasExited => Process.HasExited;

    /// <summary>What it has written so far, standard output and error.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    protected Process Process { get; }

    /// <param name="signal">TERM, STOP, CONT.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Id.ToString()]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Asks it to end, as systemd does (SIGTERM), and waits.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await EndAsync();
    }

    /// <summary>Waits for a program that ends by itself.</summary>
    public async Task<int> EndAsync()
    {
        await Process.WaitForExitAsync().WaitAsync(Patience);
        return Process.ExitCode;
    }

    /// <summary>SIGKILL.</summary>
    /// <param name="withChildren">Also to those that it has started.</param>
    public async Task KillAsync(bool withChildren = false)
    {
        if (!HasExited)
            Process.Kill(withChildren);
        await Process.WaitForExitAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await KillAsync();
        Process.Dispose();
    }

    protected void Begin()
    {
        Process.Start();
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();
    }

    protected virtual void Heard(string line)
    {
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        lock (_log)
            _log.AppendLine(line);
        Heard(line);
    }
}
