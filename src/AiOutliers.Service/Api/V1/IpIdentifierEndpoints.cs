using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.IpCauses;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Http;
using AiOutliers.Service.Options;
using Microsoft.AspNetCore.Http.Features;

namespace AiOutliers.Service.Api.V1;

/// <summary>Which IPs caused the given outliers; version 1, frozen.</summary>
internal static class IpIdentifierEndpoints
{
    /// <summary>Some 40,000 rows: half a second of work.</summary>
    private const int LongPayload = 2 * 1024 * 1024;

    public static void MapIpIdentifier(this IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/ip_identifier", IdentifyAsync)
        .WithName("ip_identifier")
        .WithSummary("Which IPs caused the given outliers.")
        .WithDescription(
            "The answer is a JSON string that holds JSON: {\"ips\":[{\"caused_by\":[\"<ip>\",…]},…]}, one entry per outlier, in order.")
        .TakesForm<IpIdentifierForm>()
        .Produces<string>()
        .Produces<IpIdentifierError>(StatusCodes.Status400BadRequest)
        .FailsAsVersionOne();

    private static async Task IdentifyAsync(HttpContext context, Settings settings, Admission admission, ILoggerFactory loggers)
    {
        try
        {
            var answer = await AnswerAsync(context, settings, admission);
            context.Response.ContentType = "application/json; charset=utf-8";
            await Sending.RunAsync(context, admission.Answers, answer.Length, (to, limit) => SendAsync(to, answer, limit));
        }
        catch (AiOutliersException error)
        {
            loggers.CreateLogger("AiOutliers.Service.IpIdentifier").LogInformation("Refused: {Reason}", error.Message);
            await TypedResults.BadRequest(new IpIdentifierError("Invalid data format")).ExecuteAsync(context);
        }
    }

    private static async Task SendAsync(PipeWriter to, ReadOnlyMemory<byte> answer, CancellationToken cancellation)
    {
        for (; !answer.IsEmpty; answer = answer[Math.Min(answer.Length, Sending.PartBytes)..])
            await to.WriteAsync(answer[..Math.Min(answer.Length, Sending.PartBytes)], cancellation);
    }

    /// <summary>The body is given back before the answer is sent: the client decides how long that takes.</summary>
    private static async Task<byte[]> AnswerAsync(HttpContext context, Settings settings, Admission admission)
    {
        var gone = context.RequestAborted;
        using var body = await RequestBody.ReadAsync(context.Request, admission.BodyBytes, gone);
        context.Request.Body = body.AsStream();
        var text = await PayloadAsync(context, settings);
        using var turn = text.Length > LongPayload ? await admission.LongComputations.EnterAsync(null, gone) : null;
        return JsonSerializer.SerializeToUtf8Bytes(Answer(text, gone));
    }

    private static string Answer(string text, CancellationToken cancellation)
    {
        var payload = IpIdentifierPayload.Read(Encoding.UTF8.GetBytes(text));
        return IpIdentifierPayload.Write(IpIdentifier.Identify(payload.Outliers, payload.Traffic, cancellation));
    }

    private static async Task<string> PayloadAsync(HttpContext context, Settings settings)
    {
        if (!context.Request.HasFormContentType)
            throw new AiOutliersException(ErrorKind.BadInput, "the request is not a form");
        try
        {
            // The framework's own limit for a field is 4 MB; the body as a whole is bounded by the server.
            var form = await context.Request.ReadFormAsync(
                new FormOptions { ValueLengthLimit = (int)Math.Min(settings.Server.MaxBodyBytes, int.MaxValue) }, context.RequestAborted);
            return form["payload"].ToString();
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException or ArgumentException
            or FormatException)
        {
            // A multipart body that ends in the middle, a charset that is not supported, a header that cannot be parsed.
            throw new AiOutliersException(ErrorKind.BadInput, $"the form cannot be read: {error.Message}", error);
        }
    }
}

/// <param name="Payload">JSON: {"outliers":[{"timestamp":…}],"all_ips_data":{"IP":[{"timestamp":…,"result":{"bytes":n}}]}}.</param>
internal sealed record IpIdentifierForm(string Payload);

internal sealed record IpIdentifierError(string Error);
