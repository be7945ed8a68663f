using System.Reflection;
using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Service.Console.Overview;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Console.SettingsPages;

/// <summary>Gathers what the page Settings shows.</summary>
internal sealed class SettingsPageContent(
    ServiceState state, SourceFacts facts, Settings settings, KeyRing keys, MonitoringRuntime? monitoring = null)
{
    private const int MostSources = 20;

    /// <param name="http">Who looks.</param>
    /// <param name="done">What has just been done.</param>
    /// <param name="made">A key that has just been made.</param>
    public async Task<SettingsView> ReadAsync(HttpContext http, string? done, (string Name, string Secret)? made = null)
    {
        var (stop, caller) = (http.RequestAborted, Caller.Of(http));
        var sources = await SourcesAsync(stop);
        return new(Version(), settings, await state.PartsAsync(stop))
        {
            You = (caller.Name, caller.Role.Name()),
            IsSignedIn = caller != Caller.Local,
            MayChange = caller.Role == Role.Admin,
            Sources = sources,
            Contacts = monitoring is null ? null : await ContactsView.ReadAsync(monitoring, stop),
            Keys = caller.Role == Role.Admin ? new(keys.Path, [.. keys.All.Select(static key => (key.Name, key.Role.Name()))], made) : null,
            Done = done,
        };
    }

    private async Task<SourcesView> SourcesAsync(CancellationToken cancellation)
    {
        if (!facts.IsConfigured)
            return new([], 0, null);
        try
        {
            var names = await facts.NamesAsync(cancellation);
            var rows = new List<SourceRow>();
            foreach (var name in names.Take(MostSources))
                rows.Add(await SourceAsync(name, cancellation));
            return new(rows, names.Count, null);
        }
        catch (Exception error) when (ConsoleFailure.Of(error) is { } failure && !cancellation.IsCancellationRequested)
        {
            return new([], 0, failure.Words);
        }
    }

    /// <summary>A folder may hold files that are not data: they do not hide those that are.</summary>
    private async Task<SourceRow> SourceAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var dimensions = await facts.DimensionsAsync(name, cancellation);
            return new(name, dimensions.Count, await facts.BoundsAsync(name, cancellation), null);
        }
        catch (AiOutliersException error) when (DataSource.IsEmbedded(settings.DruidEndpoint!))
        {
            return new(name, 0, null, error.Message);
        }
    }

    private static string Version() =>
        typeof(SettingsPageContent).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";
}
