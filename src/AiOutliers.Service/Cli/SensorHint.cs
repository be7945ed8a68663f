using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Cli;

/// <summary>Where nothing could be judged, and the query names a sensor that has no rows: says which sensor may have been meant.</summary>
internal static class SensorHint
{
    /// <param name="input">May be a query.</param>
    /// <param name="source">Knows the sensors.</param>
    /// <param name="settings">Name the dimension.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="work">Gives an exit code.</param>
    public static async Task<int> AfterAsync(
        DetectInput input, IDruidSource? source, Settings settings, CancellationToken cancellation, Func<Task<int>> work)
    {
        try
        {
            var exitCode = await work();
            if (exitCode == ExitCode.NotJudged)
                await SayAsync(input, source, settings.Engine.Traffic, cancellation);
            return exitCode;
        }
        catch (AnalysisException error) when (error.Kind == ErrorKind.NothingToJudge)
        {
            await SayAsync(input, source, settings.Engine.Traffic, cancellation);
            throw;
        }
    }

    private static async Task SayAsync(DetectInput input, IDruidSource? source, TrafficSchema schema, CancellationToken cancellation)
    {
        if (source is null || input.Query is not { } text || DruidQuery.Parse(text.Span) is not { } query
            || query.DataSource?.TableName != schema.DataSource || query.Intervals?.Texts() is not [var interval, ..]
            || schema.Sensors.SensorOf(query.Filter) is not { } sensor)
            return;
        try
        {
            var sensors = await SensorValues.ReadAsync(source, schema, interval, cancellation);
            if (!sensors.Contains(sensor))
                System.Console.Error.WriteLine(
                    $"No row of {interval} has the {schema.SensorDimension} '{sensor}'.{Similar.Hint(sensor, sensors)}");
        }
        catch (AiOutliersException)
        {
            // The answer is that there are no rows; this was only to help.
        }
    }
}
