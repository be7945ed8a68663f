using System.Text;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Benchmarks;

/// <summary>What the embedded engine is measured with: the traffic set of one sensor of the sample data at one minute.</summary>
internal static class EngineQueries
{
    public const string FourWeeks = "2024-09-02/2024-09-30";
    public const string TwoWeeks = "2024-09-16/2024-09-30";
    public const string OneDay = "2024-09-02/2024-09-03";
    public const string OneHour = "2024-09-24T10:00Z/2024-09-24T11:00Z";

    public static string Folder => Path.Combine(Golden.Path("."), "..", "..", "samples");

    public static byte[] Traffic(string interval) => TrafficQuery.Build(DruidQuery.Parse(Encoding.UTF8.GetBytes($$$"""
        {"queryType":"timeseries","dataSource":"rb_flow","granularity":"minute","intervals":["{{{interval}}}"],
         "filter":{"type":"selector","dimension":"sensor_name","value":"headquarters"}}
        """)), new()).ToUtf8Json();
}
