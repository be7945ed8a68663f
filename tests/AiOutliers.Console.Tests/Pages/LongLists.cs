using AiOutliers.Tests.Shared;

namespace AiOutliers.Console.Tests.Pages;

/// <summary>A service that has more of everything than a page shows.</summary>
public sealed class LongLists : IAsyncLifetime
{
    public const int Many = 120;

    private const int Backfilled = 6;

    private readonly TemporaryFolder _folder = new();

    internal ServiceProcess Service { get; private set; } = null!;

    internal HttpClient Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Service = await SignedIn.ServiceAsync(_folder);
        Admin = await SignedIn.ClientAsync(Service.Address, SignedIn.AdminsKey);
        var monitor = await File.ReadAllTextAsync(Path.Combine(Golden.Root, "samples", "monitors", "sensors.yaml"));
        var documents = Enumerable.Range(0, Many).SelectMany(number => new[]
        {
            monitor.Replace("name: sensors", $"name: edge-{number:D3}"),
            $$"""
            apiVersion: aioutliers/v1
            kind: Contact
            metadata: { name: team-{{number:D3}} }
            spec: { webhook: { url: "http://127.0.0.1:9/" } }
            """,
            $$"""
            apiVersion: aioutliers/v1
            kind: Route
            metadata: { name: route-{{number:D3}} }
            spec: { contacts: [team-000] }
            """,
        });
        await PostAsync("/monitors/apply", ("document", string.Join("\n---\n", documents)));
        // Of sensors that do not exist: jobs that fail.
        foreach (var number in Enumerable.Range(0, Many))
            await PostAsync("/models/train", ("sensor", $"nobody-{number:D3}"));
    }

    /// <summary>Some monitors look back on the last week of the sample data: each finds a dozen incidents.</summary>
    internal async Task FindIncidentsAsync()
    {
        foreach (var number in Enumerable.Range(0, Backfilled))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v2/monitors/edge-{number:D3}/backfill")
            {
                Headers = { Authorization = new("Bearer", SignedIn.AdminsKey) },
                Content = new StringContent(
                    """{"from":"2024-09-20T00:00:00Z","to":"2024-09-30T00:00:00Z"}""", System.Text.Encoding.UTF8, "application/json"),
            };
            (await Service.Client.SendAsync(request)).EnsureSuccessStatusCode();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Service.DisposeAsync();
        _folder.Dispose();
    }

    private async Task PostAsync(string path, (string Name, string Value) field)
    {
        using var answer = await Admin.PostAsync(path, SignedIn.Form(field));
        answer.EnsureSuccessStatusCode();
    }
}
