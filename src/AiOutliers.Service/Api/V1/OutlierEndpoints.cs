namespace AiOutliers.Service.Api.V1;

/// <summary>Version 1 of the interface, frozen: form in, JSON out.</summary>
internal static class OutlierEndpoints
{
    public static void MapOutliers(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/calculate", static (HttpContext context, OutlierAnswers answers) => answers.AnswerAsync(context, "prediction"))
            .WithName("calculate").DescribeOutliers(predicted: false);
        routes.MapPost("/api/v1/outliers",
                static (HttpContext context, OutlierAnswers answers) => answers.AnswerAsync(context, "predicted"))
            .WithName("outliers").DescribeOutliers(predicted: true);
    }
}
