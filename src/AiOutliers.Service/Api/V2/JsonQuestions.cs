using AiOutliers.Detection;
using AiOutliers.Engine.Analysis;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Http;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Api.V2;

/// <summary>What the questions of version 2 share: a JSON body, a turn at the embedded engine, failures as ProblemDetails.</summary>
internal sealed class JsonQuestions(
    Settings settings, ServiceMetrics metrics, Admission admission, SourceHealth source, ILogger<JsonQuestions> logger)
{
    private const string NotJson = "the body is not JSON; send Content-Type: application/json";

    /// <summary>Answers, or says why not.</summary>
    public async Task AnswerAsync(HttpContext context, Func<Task> answer)
    {
        try
        {
            await answer();
        }
        catch (RequestException error)
        {
            var words = string.Join("; ", error.Errors.Select(static one => $"{(one.Key.Length > 0 ? one.Key : "the body")}: {one.Value}"));
            logger.LogInformation("Refused: {Errors}", words);
            await Problems.WriteAsync(context, StatusCodes.Status400BadRequest, words, error.Errors);
        }
        catch (AnalysisException error)
        {
            await FailAsync(context, error.Stage, (AiOutliersException)error.InnerException!);
        }
        catch (AiOutliersException error)
        {
            await FailAsync(context, AnalysisStage.Query, error);
        }
    }

    /// <summary>The body is given back before the answer is sent: the client decides how long that takes.</summary>
    public async Task<T> AskAsync<T>(HttpContext context, Func<ReadOnlyMemory<byte>, Task<T>> ask)
    {
        if (!context.Request.HasJsonContentType())
            throw new BadHttpRequestException(NotJson, StatusCodes.Status415UnsupportedMediaType);
        using var body = await RequestBody.ReadAsync(context.Request, admission.BodyBytes, context.RequestAborted);
        return await ask(body.Bytes);
    }

    /// <summary>One address has at most half of the embedded engine; null where a broker is asked.</summary>
    public async Task<IDisposable?> TurnAsync(HttpContext context) => DataSource.IsEmbedded(settings.DruidEndpoint)
        ? await admission.EngineClients.EnterAsync(ClientAddress.Of(context.Connection.RemoteIpAddress), context.RequestAborted)
        : null;

    private Task FailAsync(HttpContext context, AnalysisStage stage, AiOutliersException error)
    {
        metrics.Failed(stage);
        source.Failed(error.Kind);
        var status = Problems.StatusOf(error, stage);
        logger.Log(status < 500 ? LogLevel.Information : LogLevel.Error, "Failed at {Stage}: {Reason}", stage, error.Message);
        return Problems.WriteAsync(context, status, error.Message);
    }
}
