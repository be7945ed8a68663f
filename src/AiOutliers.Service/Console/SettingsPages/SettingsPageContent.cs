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
    ServiceState state, SourceFacts facts, Settings settings, KeyRing keys, TimeProvider time, MonitoringRuntime? monitoring = null)
{
    private const int CommitLetters = 12;

    /// <summary>A file that is asked for the first time is read whole: the page does not wait for it, and looks again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <param name="http">Who looks.</param>
    /// <param name="done">What has just been done.</param>
    /// <param name="made">A key that has just been made.</param>
    public async Task<SettingsView> ReadAsync(HttpContext http, string? done, (string Name, string Secret)? made = null)
    {
        var (stop, caller) = (http.RequestAborted, Caller.Of(http));
        // The data source and the others are asked at the same time.
        var (sources, parts) = (SourcesAsync(http.Request.Query, stop), state.PartsAsync(stop));
        return new(Version(), settings, await parts)
        {
            You = (caller.Name, caller.Role.Name()),
            IsSignedIn = caller != Caller.Local,
            Sources = await sources,
            Contacts = monitoring is null ? null : await ContactsView.ReadAsync(monitoring, http.Request.Query, stop),
            Keys = caller.Role == Role.Admin ? KeysView.Of(keys, http.Request.Query, made) : null,
            Done = done,
        };
    }

    private async Task<SourcesView> SourcesAsync(IQueryCollection query, CancellationToken cancellation)
    {
        if (!facts.IsConfigured)
            return new([], null);
        try
        {
            var names = await facts.NamesAsync(cancellation).WaitAsync(Patience, time, cancellation);
            var text = query[SourcesView.Field].ToString().Trim();
            var found = names.Where(name => name.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList();
            var part = ListPart.Of(query, SourcesView.PartField, found.Count);
            var rows = await Task.WhenAll(part.Of(found).Select(name => SourceAsync(name, cancellation)));
            return new([.. rows.OrderBy(static row => row.Failure is not null)], null)
            {
                Part = part,
                Text = text,
                IsPending = rows.Any(static row => row.IsPending),
            };
        }
        catch (TimeoutException)
        {
            return new([], "it has not answered yet") { IsPending = true };
        }
        catch (Exception error) when (ConsoleFailure.Of(error) is { } failure && !cancellation.IsCancellationRequested)
        {
            return new([], failure.Words);
        }
    }

    /// <summary>A folder may hold files that are not data: they do not hide those that are.</summary>
    private async Task<SourceRow> SourceAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await KnownAsync(name, cancellation).WaitAsync(Patience, time, cancellation);
        }
        catch (TimeoutException)
        {
            return new(name, 0, null, "is being read") { IsPending = true };
        }
        catch (AiOutliersException error) when (DataSource.IsEmbedded(settings.DruidEndpoint!))
        {
            return new(name, 0, null, error.Message);
        }
    }

    private async Task<SourceRow> KnownAsync(string name, CancellationToken cancellation) => new(
        name, (await facts.DimensionsAsync(name, cancellation)).Count, await facts.BoundsAsync(name, cancellation), null);

    /// <summary><c>0.1.0, commit 2077c75a91e5</c>.</summary>
    private static string Version()
    {
        var whole = typeof(SettingsPageContent).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return whole?.Split('+') is [var version, { Length: > CommitLetters } commit]
            ? $"{version}, commit {commit[..CommitLetters]}"
            : whole ?? "?";
    }
}
