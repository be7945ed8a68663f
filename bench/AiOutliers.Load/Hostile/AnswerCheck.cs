using System.Text.Json;

namespace AiOutliers.Load.Hostile;

/// <summary>Whether an answer is one that the contract or HTTP knows.</summary>
internal static class AnswerCheck
{
    /// <summary>What the web server says itself about requests that are not HTTP.</summary>
    private static readonly int[] OfHttp = [200, 400, 404, 405, 408, 411, 413, 414, 415, 431, 501, 505];

    private static readonly string[] Stages =
        ["No data provided or requested", "Could not execute druid query", "Error while calculating prediction model"];

    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? Complaint(RawAnswer? answer)
    {
        if (answer is null)
            return "no answer";
        if (answer.Text.Contains("unexpected failure", StringComparison.Ordinal)
            || answer.Text.Contains("   at ", StringComparison.Ordinal))
            return "an unexpected failure: " + answer.Text;
        return answer.Status == 500 ? OfVersionOne(answer) : OfHttp.Contains(answer.Status) ? OfBody(answer) : $"status {answer.Status}";
    }

    /// <summary>All answers that came over a connection whose request may be anything: each has to be whole.</summary>
    public static string? ComplaintOfAll(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (RawAnswer.TryRead(bytes, out var length) is not { } answer)
                return "half an answer";
            if (answer.Status != 100 && Complaint(answer) is { } complaint)
                return complaint;
            bytes = bytes[length..];
        }
        return null;
    }

    private static string? OfVersionOne(RawAnswer answer)
    {
        if (Json(answer) is not { ValueKind: JsonValueKind.Object } json)
            return "a failure that is not JSON: " + answer.Text;
        var message = json.TryGetProperty("msg", out var text) ? text.GetString() : null;
        return message is { Length: < 1300 } && Stages.Any(stage => message.StartsWith(stage + ": ", StringComparison.Ordinal))
            ? null
            : "a failure in other words: " + answer.Text;
    }

    private static string? OfBody(RawAnswer answer) =>
        answer.Header("Content-Type")?.Contains("json", StringComparison.Ordinal) == true && Json(answer) is null
            ? $"status {answer.Status}, not JSON: {answer.Text}"
            : null;

    private static JsonElement? Json(RawAnswer answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
