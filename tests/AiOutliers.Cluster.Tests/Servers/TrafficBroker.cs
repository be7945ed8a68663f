using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using AiOutliers.Tests.Shared.Http;
using Microsoft.AspNetCore.Http;

namespace AiOutliers.Cluster.Tests.Servers;

/// <summary>Stands for a Druid broker: timeseries of the traffic set, invented, up to now, in any interval and at any period from a least one on.</summary>
internal sealed class TrafficBroker : IAsyncDisposable
{
    private const double MinutesPerDay = 1440;

    private readonly ConcurrentQueue<string> _queries = new();
    private FakeBroker _server = null!;

    /// <summary>Finer data is not there: what is trained on is small then, and soon trained.</summary>
    public TimeSpan Finest { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Before an answer to the query with this number, from 1.</summary>
    public Func<int, Task> BeforeAnswer { get; set; } = _ => Task.CompletedTask;

    public Uri Endpoint => _server.Endpoint;

    /// <summary>The queries that came, as JSON.</summary>
    public IReadOnlyCollection<string> Queries => _queries;

    public async Task<TrafficBroker> StartAsync()
    {
        _server = await FakeBroker.StartAsync(AnswerAsync);
        return this;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, int number)
    {
        using var query = await JsonDocument.ParseAsync(context.Request.Body);
        _queries.Enqueue(query.RootElement.GetRawText());
        await BeforeAnswer(number);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Rows(query.RootElement));
    }

    private string Rows(JsonElement query)
    {
        var step = XmlConvert.ToTimeSpan(query.GetProperty("granularity").GetProperty("period").GetString()!.ToUpperInvariant());
        var interval = query.GetProperty("intervals") is { ValueKind: JsonValueKind.Array } several ? several[0].GetString()! : query.GetProperty("intervals").GetString()!;
        var (from, to) = (Time(interval.Split('/')[0]), Time(interval.Split('/')[1]));
        var rows = new List<string>();
        for (var time = from; step >= Finest && time < to; time += step)
            rows.Add(Row(time, step));
        return $"[{string.Join(',', rows)}]";
    }

    /// <summary>A day's wave with some noise that belongs to the time, so that the same question has the same answer.</summary>
    private static string Row(DateTimeOffset time, TimeSpan step)
    {
        var noise = new Random((int)(time.ToUnixTimeSeconds() / 60));
        var level = (2 + Math.Sin(2 * Math.PI * time.TimeOfDay.TotalMinutes / MinutesPerDay)) * (0.95 + 0.1 * noise.NextDouble());
        var clients = Math.Round(40 * level);
        var (bytes, packets, flows) = (Math.Round(1e6 * level * step.TotalSeconds), Math.Round(1e3 * level * step.TotalSeconds), Math.Round(10 * level * step.TotalSeconds));
        var text = new StringBuilder($"{{\"timestamp\":\"{time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}\",\"result\":{{\"clients\":{clients}");
        foreach (var (name, value) in new[]
        {
            ("bytes", bytes), ("pkts", packets), ("flows", flows), ("bps", 8 * bytes / step.TotalSeconds), ("pps", packets / step.TotalSeconds), ("fps", flows / step.TotalSeconds),
            ("bytes_per_client", bytes / clients), ("bits_per_sec_per_client", 8 * bytes / step.TotalSeconds / clients), ("flows_per_client", flows / clients),
            ("flows_per_sec_per_client", flows / step.TotalSeconds / clients),
        })
        {
            text.Append(CultureInfo.InvariantCulture, $",\"{name}\":{value}");
        }
        return text.Append("}}").ToString();
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
