using AiOutliers.Druid;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Service.Hosting;

/// <summary>What monitors ask, and what judges for them: without models, and without a log line for each warning of each series.</summary>
internal sealed record MonitoringSource(OutlierAnalyzer Analyzer, IDruidSource Source);
