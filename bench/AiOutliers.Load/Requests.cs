using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace AiOutliers.Load;

/// <summary>The bodies that the load test posts, made once.</summary>
internal static class Requests
{
    private const int MinutesPerDay = 1440;
    private static readonly string[] Metrics =
        [
            "bytes", "pkts", "flows", "clients", "bps", "pps", "fps",
            "bytes_per_client", "bits_per_sec_per_client", "flows_per_client", "flows_per_sec_per_client",
        ];

    /// <summary>A day at one-minute steps with the 11 metrics of the traffic set.</summary>
    public static byte[] Deep(string model) => Form(Traffic(1), model);

    /// <summary>The same day with one metric and no model.</summary>
    public static byte[] OneMetric() => Form(Response(["bytes"], 1), null);

    /// <summary>Druid's answer for a day with the 11 metrics.</summary>
    public static string Traffic(int minutes) => Response(Metrics, minutes);

    public static byte[] Broken() => Encoding.ASCII.GetBytes("data=W3sidGltZXN0YW1wIjoi");

    public static ByteArrayContent Content(byte[] form)
    {
        var content = new ByteArrayContent(form);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        return content;
    }

    private static byte[] Form(string data, string? model)
    {
        var form = "data=" + Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(data)));
        if (model is not null)
            form += "&model=" + Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(model)));
        return Encoding.ASCII.GetBytes(form);
    }

    private static string Response(string[] metrics, int minutes)
    {
        var random = new Random(1);
        var start = new DateTime(2023, 10, 12, 0, 0, 0, DateTimeKind.Utc);
        var text = new StringBuilder("[");
        for (var minute = 0; minute < MinutesPerDay; minute += minutes)
        {
            var stamp = start.AddMinutes(minute).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            text.Append(minute == 0 ? "" : ",").Append("{\"timestamp\":\"").Append(stamp).Append("\",\"result\":{");
            for (var metric = 0; metric < metrics.Length; metric++)
            {
                var value = 1e6 * (metric + 1) * (2 + Math.Sin(minute * 2 * Math.PI / MinutesPerDay)) * (0.95 + random.NextDouble() / 10);
                text.Append(metric == 0 ? "" : ",").Append('"').Append(metrics[metric]).Append("\":")
                    .Append(value.ToString("R", CultureInfo.InvariantCulture));
            }
            text.Append("}}");
        }
        return text.Append(']').ToString();
    }
}
