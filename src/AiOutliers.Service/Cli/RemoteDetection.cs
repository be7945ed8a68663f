using System.Globalization;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Responses;
using AiOutliers.Service.Api.V1;
using AiOutliers.Service.Terminal;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary><c>detect --service URL</c>: posts a query or a response to a running service and shows its answer.</summary>
internal static class RemoteDetection
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync(string url, string path, CancellationToken cancellation)
    {
        var service = ReadUrl(url);
        var input = await DetectInput.ReadJsonAsync(path, cancellation);
        using var client = new HttpClient { BaseAddress = service, Timeout = Timeout };
        using var form = new FormUrlEncodedContent([new(input.Span[0] == '[' ? "data" : "query", Convert.ToBase64String(input.Span))]);
        var (answer, judged) = await Waiting.ForAsync($"Asking {service.Host}", () => PostAsync(client, form, cancellation));
        if (answer.Status != "success")
            throw new AiOutliersException(ErrorKind.SourceFailed, answer.Msg ?? "the service answered with an error and no message");
        Show(AnsiConsole.Console, answer, judged);
        if (answer.Anomalies!.Count > 0)
            return ExitCode.AnomaliesFound;
        return answer.Msg is null ? ExitCode.Success : ExitCode.NotJudged;
    }

    private static Uri ReadUrl(string url) => Uri.TryCreate(url, UriKind.Absolute, out var service) && service.Scheme is ("http" or "https")
        ? service
        : throw new AiOutliersException(ErrorKind.BadInput, $"--service '{url}' is not a URL; for example http://127.0.0.1:39091");

    private static async Task<(Answer Answer, string Judged)> PostAsync(HttpClient client, HttpContent form, CancellationToken cancellation)
    {
        try
        {
            using var response = await client.PostAsync("/calculate", form, cancellation);
            var answer = await response.Content.ReadFromJsonAsync<Answer>(JsonSerializerOptions.Web, cancellation);
            if (Header(response, "Warning") is { } warning)
                System.Console.Error.WriteLine(warning);
            return (answer ?? new("error", null, null, null), Judged(response));
        }
        catch (HttpRequestException error)
        {
            throw new AiOutliersException(ErrorKind.SourceFailed,
                $"the service at {client.BaseAddress} cannot be reached: {error.Message}", error);
        }
        catch (JsonException error)
        {
            throw new AiOutliersException(ErrorKind.SourceFailed,
                $"what answers at {client.BaseAddress} is not an rb-aioutliers service", error);
        }
    }

    /// <summary>What the headers say, in words; nothing from a service that has none.</summary>
    private static string Judged(HttpResponseMessage response)
    {
        var detector = Header(response, "Model") ?? Header(response, "Detector");
        var history = Header(response, "History") is { } text && long.TryParse(text, CultureInfo.InvariantCulture, out var rows) && rows > 0
            ? $", judged with {Counted.Of(rows, "row")} before them"
            : "";
        return Header(response, "Metric") is { } metric ? $" in {metric} ({detector}){history}" : "";
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues("X-AiOutliers-" + name, out var values) ? Uri.UnescapeDataString(values.First()) : null;

    private static void Show(IAnsiConsole console, Answer answer, string judged)
    {
        var expected = answer.Prediction!.Select(row => row.Forecast).ToArray();
        var found = answer.Anomalies!.Select(row => row.Timestamp).ToHashSet(StringComparer.Ordinal);
        TerminalChart.Write(
            console, "expected values, anomalies marked", Columns(answer.Prediction!, console.Profile.Width), expected,
            answer.Prediction!.Select(row => found.Contains(row.Timestamp)).ToArray());
        if (found.Count > 0)
        {
            var table = new Table()
                .Border(TableBorder.Rounded)
                .AddColumn("timestamp")
                .AddColumn(new TableColumn("expected").RightAligned());
            foreach (var row in answer.Anomalies!)
                table.AddRow(Markup.Escape(row.Timestamp), Quantity.Short(row.Expected));
            console.Write(table);
        }
        if (answer.Msg is { } reason)
            console.MarkupLineInterpolated($"[yellow]No verdict: {reason}[/]");
        console.WriteLine($"{AnomalyTable.Anomalous(found.Count, expected.Length)}{judged}.");
    }

    private static ChartColumns Columns(IReadOnlyList<ForecastRow> rows, int width)
    {
        var times = new long[rows.Count];
        for (var row = 0; row < times.Length; row++)
        {
            if (!Timestamps.TryParse(rows[row].Timestamp, out times[row]))
                return new(new long[times.Length], step: 0, width);
        }
        return new(times, times.Length > 1 ? Math.Max(0, times[1] - times[0]) : 0, width);
    }

    private sealed record Answer(string Status, string? Msg, IReadOnlyList<AnomalyRow>? Anomalies, IReadOnlyList<ForecastRow>? Prediction);
}
