using System.Diagnostics;

namespace AiOutliers.Tests.Shared;

/// <summary>The real service in a process of its own, on a free loopback port.</summary>
internal sealed class ServiceProcess : HeardProcess
{
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceProcess(ProcessStartInfo start) : base(start) => Process.Exited += (_, _) =>
        _ready.TrySetException(new InvalidOperationException("The service ended before it was ready:\n" + Log));

    public Uri Address { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Waits for words in the log: a line may come after the answer of which it tells.</summary>
    public async Task SaysAsync(string words)
    {
        var started = Stopwatch.GetTimestamp();
        while (!Log.Contains(words, StringComparison.Ordinal))
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new InvalidOperationException($"The service does not say '{words}':\n{Log}");
            await Task.Delay(20);
        }
    }

    /// <param name="command">The executable and what comes before <c>serve</c>.</param>
    /// <param name="settings">Put over the defaults, as environment variables (<c>Section__key</c>).</param>
    /// <param name="arguments">Options of <c>serve</c>.</param>
    /// <param name="folder">The folder that it runs in; null takes that of the tests.</param>
    public static async Task<ServiceProcess> StartAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? settings = null, IEnumerable<string>? arguments = null, string? folder = null)
    {
        var start = new ProcessStartInfo(command[0]) { WorkingDirectory = folder ?? "" };
        foreach (var argument in command.Skip(1).Append("serve").Concat(arguments ?? []))
            start.ArgumentList.Add(argument);
        start.Environment["OutliersServerProduction__outliers_binding_address"] = "127.0.0.1";
        start.Environment["OutliersServerProduction__outliers_server_port"] = "0";
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        var service = new ServiceProcess(start);
        service.Begin();
        service.Address = await service._ready.Task.WaitAsync(Patience);
        service.Client = new HttpClient { BaseAddress = service.Address, Timeout = Patience };
        return service;
    }

    public override async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await KillAsync(withChildren: true);
        await base.DisposeAsync();
    }

    protected override void Heard(string line)
    {
        const string Ready = "Ready on ";
        var at = line.IndexOf(Ready, StringComparison.Ordinal);
        if (at >= 0)
            _ready.TrySetResult(new Uri(line[(at + Ready.Length)..].Trim().Trim('"').Split(", ")[0]));
    }
}
