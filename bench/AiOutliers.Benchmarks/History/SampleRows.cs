using System.Globalization;
using System.IO.Compression;
using System.Text;
using AiOutliers.Samples;

namespace AiOutliers.Benchmarks.History;

/// <summary>
/// The sample data as rows that Druid takes in: a minute's clients are a list of as many invented ones, so that the column becomes a real
/// sketch.
/// </summary>
internal static class SampleRows
{
    public static void Write(string path)
    {
        using var file = File.Create(path);
        using var packed = new GZipStream(file, CompressionLevel.Fastest);
        using var text = new StreamWriter(packed, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        foreach (var row in FlowGenerator.Rows())
        {
            text.Write(string.Create(CultureInfo.InvariantCulture,
                $"{{\"ts\":\"{row.Time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\",\"sensor_name\":\"{row.Sensor}\",\"sum_bytes\":{row.Bytes},"));
            text.Write(string.Create(CultureInfo.InvariantCulture, $"\"sum_pkts\":{row.Packets},\"events\":{row.Flows},\"ips\":["));
            for (var client = 0; client < row.Clients; client++)
                text.Write(string.Create(CultureInfo.InvariantCulture, $"{(client == 0 ? "" : ",")}\"c{client}\""));
            text.WriteLine("]}");
        }
    }
}
