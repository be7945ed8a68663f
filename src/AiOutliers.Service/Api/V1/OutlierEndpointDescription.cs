namespace AiOutliers.Service.Api.V1;

/// <summary>
/// What OpenAPI says of the two names of the main operation. The handlers read and write bytes themselves, so it is described here.
/// </summary>
internal static class OutlierEndpointDescription
{
    public static void DescribeOutliers(this RouteHandlerBuilder route, bool predicted)
    {
        route.WithSummary("Finds the anomalies of a Druid query's answer, or of an answer sent along.")
            .WithDescription("Each field is base64. With data, no query is sent and query is ignored. "
                + "The headers X-AiOutliers-Metric, -Detector, -Model and -History say what was judged, by whom, "
                + "and with how many rows before the asked ones; X-AiOutliers-Warning why there are none. "
                + "Cache-Control: no-cache asks the data source for all rows again. "
                + "A failure is answered with 500 (or [OutliersServerProduction] error_status), a body that comes too slowly with 408, "
                + "one over the limit with 413, one that is compressed with 415, and one too many at a time with 503.")
            .TakesForm<OutlierFormFields>()
            .FailsAsVersionOne();
        if (predicted)
            route.Produces<PredictedAnswer>();
        else
            route.Produces<PredictionAnswer>();
    }

    /// <summary>What the route fails with, and that it does so in version 1's words.</summary>
    public static RouteHandlerBuilder FailsAsVersionOne(this RouteHandlerBuilder route) => route.WithMetadata(VersionOneFailures.Instance)
        .Produces<VersionOneFailure>(StatusCodes.Status408RequestTimeout)
        .Produces<VersionOneFailure>(StatusCodes.Status413PayloadTooLarge)
        .Produces<VersionOneFailure>(StatusCodes.Status415UnsupportedMediaType)
        .Produces<VersionOneFailure>(StatusCodes.Status500InternalServerError)
        .Produces<VersionOneFailure>(StatusCodes.Status503ServiceUnavailable);
}

/// <summary>The fields of the form; none is required, but a query or data must be there.</summary>
internal sealed record OutlierFormFields
{
    /// <summary>base64 of a Druid native query (JSON).</summary>
    public string? Query { get; init; }

    /// <summary>base64 of a Druid timeseries response (JSON array).</summary>
    public string? Data { get; init; }

    /// <summary>base64 of a model's name.</summary>
    public string? Model { get; init; }
}

internal sealed record AnomalyRow(string Timestamp, double Expected);

internal sealed record ForecastRow(string Timestamp, double Forecast);

/// <param name="Status">success.</param>
/// <param name="Anomalies">The anomalous rows.</param>
/// <param name="Prediction">Every row that has an expected value.</param>
/// <param name="Msg">Why no row could be judged; only then.</param>
internal sealed record PredictionAnswer(
    string Status, IReadOnlyList<AnomalyRow> Anomalies, IReadOnlyList<ForecastRow> Prediction, string? Msg = null);

/// <param name="Status">success.</param>
/// <param name="Anomalies">The anomalous rows.</param>
/// <param name="Predicted">Every row that has an expected value.</param>
/// <param name="Msg">Why no row could be judged; only then.</param>
internal sealed record PredictedAnswer(
    string Status, IReadOnlyList<AnomalyRow> Anomalies, IReadOnlyList<ForecastRow> Predicted, string? Msg = null);

internal sealed record VersionOneFailure(string Status, string Msg);
