using System.Globalization;
using AiOutliers.Detection.Series;
using AiOutliers.Samples;

namespace AiOutliers.Benchmarks;

/// <summary>Rows of flows as the traffic query answers them: the sums, rates and ratios of the traffic set.</summary>
internal static class FlowTables
{
    public static MetricTable Of(IEnumerable<FlowRow> rows, int stepMinutes)
    {
        var builder = new MetricTableBuilder();
        double seconds = stepMinutes * 60;
        foreach (var row in rows)
        {
            builder.AddRow(
                row.Time.ToUnixTimeMilliseconds(), row.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            double bytes = row.Bytes, packets = row.Packets, flows = row.Flows, clients = row.Clients;
            Set("bytes", bytes);
            Set("pkts", packets);
            Set("flows", flows);
            Set("clients", clients);
            Set("bps", bytes * 8 / seconds);
            Set("pps", packets / seconds);
            Set("fps", flows / seconds);
            Set("bytes_per_client", PerClient(bytes));
            Set("bits_per_sec_per_client", PerClient(bytes * 8 / seconds));
            Set("flows_per_client", PerClient(flows));
            Set("flows_per_sec_per_client", PerClient(flows / seconds));

            void Set(string metric, double value) => builder.Set(builder.ColumnOf(metric), value);

            // As Druid's arithmetic has it: a division by 0 is 0.
            double PerClient(double value) => clients > 0 ? value / clients : 0;
        }
        return builder.Build();
    }
}
