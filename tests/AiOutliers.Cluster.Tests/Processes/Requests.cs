using System.Globalization;
using System.Text;
using System.Text.Json;
using AiOutliers.Cluster.Tests.Jobs;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Cluster.Tests.Processes;

/// <summary>Asks a service about rows that are sent along, with a model of the traffic set.</summary>
internal static class Requests
{
    private static readonly string[] Metrics =
    [
        "bits_per_sec_per_client", "bps", "bytes", "bytes_per_client", "clients", "flows", "flows_per_client", "flows_per_sec_per_client", "fps", "pkts", "pps",
    ];

    /// <summary>Three hours at five minutes.</summary>
    public static readonly string Data = Rows(36);

    /// <returns>The predictions, as text: they tell which model ran.</returns>
    public static async Task<string> PredictionsAsync(ServiceProcess service, string model)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("data", Base64(Data)), KeyValuePair.Create("model", Base64(model))]);
        using var response = await service.Client.PostAsync("/calculate", form);
        var body = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("prediction").GetRawText();
    }

    public static async Task<JsonElement> ReadyAsync(ServiceProcess service)
    {
        using var json = JsonDocument.Parse(await service.Client.GetStringAsync("/health/ready"));
        return json.RootElement.Clone();
    }

    /// <summary>Waits until the node has so many models.</summary>
    public static Task UntilModelsAsync(ServiceProcess service, int count = 1) => JobWaiting.UntilAsync(
        async () => (await ReadyAsync(service)).GetProperty("models").GetInt32() == count, () => service.Log);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Rows(int count)
    {
        var start = new DateTime(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc);
        var rows = Enumerable.Range(0, count).Select(row =>
        {
            var values = Metrics.Select((metric, i) => $"\"{metric}\":{1000 * (i + 1) + 37 * row}");
            return $"{{\"timestamp\":\"{start.AddMinutes(5 * row).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}\",\"result\":{{{string.Join(',', values)}}}}}";
        });
        return $"[{string.Join(',', rows)}]";
    }
}
