using AiOutliers.Detection;
using AiOutliers.Druid.Building;

namespace AiOutliers.Service.Options;

/// <summary>The section <c>[Traffic]</c>: how the data source and its columns are called, where they are not redBorder's.</summary>
internal static class TrafficSection
{
    private const string Name = "Traffic";

    private static readonly TrafficSchema Defaults = new();

    public static TrafficSchema Read(SectionReader reader) => new()
    {
        DataSource = reader.Text(Name, "data_source", Defaults.DataSource),
        SensorDimension = reader.Text(Name, "sensor_dimension", Defaults.SensorDimension),
        MonitorMetric = reader.Text(Name, "monitor_metric", Defaults.MonitorMetric),
        ExplainDataSource = reader.Text(Name, "explain_data_source"),
        ExplainDimensions = reader.Text(Name, "explain_dimensions", string.Join(',', Defaults.ExplainDimensions))
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        Metrics = ReadMetrics(reader),
    };

    private static IReadOnlyList<TrafficMetric> ReadMetrics(SectionReader reader)
    {
        if (reader.Text(Name, "metrics") is not { } path)
            return Defaults.Metrics;
        try
        {
            return TrafficSchema.ParseMetrics(File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is AiOutliersException or IOException or UnauthorizedAccessException)
        {
            reader.Reject(Name, "metrics", path, $"a JSON file with a list of metrics ({error.Message.TrimEnd('.')})");
            return Defaults.Metrics;
        }
    }
}
