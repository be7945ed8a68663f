using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Alerts;
using AiOutliers.Service.Console.Explore;
using AiOutliers.Service.Plotting;

namespace AiOutliers.Service.Console.IncidentPages;

/// <summary>Draws an incident as its page shows it: its series with two hours before and after.</summary>
internal sealed class IncidentPictures(MonitoringRuntime runtime, Exploration exploration) : IIncidentPictures
{
    public async Task<byte[]?> DrawAsync(string incident, CancellationToken cancellation)
    {
        if (await runtime.Incidents.FindAsync(incident, cancellation) is not { } found
            || await runtime.Catalog.Monitors.FindAsync(found.Monitor, cancellation) is not { } monitor
            || MonitoredSeries.Of(monitor.Document, found) is not { } series)
            return null;
        try
        {
            var answer = await exploration.AnswerAsync(series.State, TimeZoneInfo.Utc, cancellation);
            if (answer.Report is not { } report)
                return null;
            using var picture = new MemoryStream();
            PlotFile.Write(picture, series.Told.Of(report), dark: false, isSvg: false);
            return picture.ToArray();
        }
        catch (AnalysisException)
        {
            // It cannot be judged as the page asks for it; the message is sent without a picture.
            return null;
        }
    }
}
