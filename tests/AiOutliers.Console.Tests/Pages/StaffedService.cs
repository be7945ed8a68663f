using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Console.Tests.Pages;

/// <summary>A service with keys for all roles and with something of every kind on its pages: an incident, a contact, a route, a job.</summary>
public sealed class StaffedService : IAsyncLifetime
{
    private const string Documents = """
        apiVersion: aioutliers/v1
        kind: Contact
        metadata: { name: noc }
        spec: { webhook: { url: "http://127.0.0.1:9/" } }
        ---
        apiVersion: aioutliers/v1
        kind: Route
        metadata: { name: nights }
        spec: { minSeverity: 70, contacts: [noc] }
        """;

    private readonly TemporaryFolder _folder = new();

    internal ServiceProcess Service { get; private set; } = null!;

    /// <summary>The page of an incident.</summary>
    internal string Incident { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Service = await SignedIn.ServiceAsync(_folder);
        using var admin = await SignedIn.ClientAsync(Service.Address, SignedIn.AdminsKey);
        var monitor = await File.ReadAllTextAsync(Path.Combine(Golden.Root, "samples", "monitors", "sensors.yaml"));
        foreach (var document in new[] { monitor, Documents })
            (await admin.PostAsync("/monitors/apply", SignedIn.Form(("document", document)))).EnsureSuccessStatusCode();
        Service.Client.DefaultRequestHeaders.Authorization = new("Bearer", SignedIn.AdminsKey);
        using var made = await Service.Client.PostAsJsonAsync(
            "/api/v2/monitors/sensors/backfill", new { from = "2024-09-24T13:00:00Z", to = "2024-09-24T14:30:00Z" });
        made.EnsureSuccessStatusCode();
        // Of a sensor that does not exist: a job that has failed.
        (await admin.PostAsync("/models/train", SignedIn.Form(("sensor", "nobody")))).EnsureSuccessStatusCode();
        Incident = await PathAsync(admin, "/incidents?state=all", "/incidents/[0-9a-f]{32}");
        await PathAsync(admin, "/queue", "/queue/[^\"/]+/retry");
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Asks for a page until a path is on it.</summary>
    private static async Task<string> PathAsync(HttpClient client, string page, string path)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (Regex.Match(await client.GetStringAsync(page, limit.Token), path) is { Success: true } found)
                return found.Value;
            await Task.Delay(200, limit.Token);
        }
    }
}
