using System.Text;
using System.Text.Json;

namespace AiOutliers.Load.Hostile.VersionTwo;

/// <summary>Whether an answer is JSON, lines of JSON, or a problem.</summary>
internal static class JsonCheck
{
    private static readonly int[] Known = [200, 204, 400, 401, 403, 404, 405, 408, 413, 415, 422, 429, 502, 503, 504];

    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? Complaint(RawAnswer? answer)
    {
        if (answer is null)
            return "no answer";
        if (!Known.Contains(answer.Status))
            return $"status {answer.Status}: {answer.Text}";
        if (answer.Status == 204)
            return answer.Body.Length == 0 ? null : "204 with a body";
        var type = answer.Header("Content-Type") ?? "";
        if (answer.Status != 200)
            return type.StartsWith("application/problem+json", StringComparison.Ordinal) && IsProblem(answer)
                ? null
                : $"status {answer.Status}, {type}, not a problem: {answer.Text}";
        return type switch
        {
            _ when type.StartsWith("application/x-ndjson", StringComparison.Ordinal) => ComplaintOfLines(answer),
            _ when type.StartsWith("application/json", StringComparison.Ordinal) =>
                Parse(answer.Body) is null ? $"not JSON: {answer.Text}" : null,
            _ => $"of type {type}: {answer.Text}",
        };
    }

    private static string? ComplaintOfLines(RawAnswer answer)
    {
        var lines = answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.FirstOrDefault(static line => Parse(Encoding.UTF8.GetBytes(line)) is null) is { } broken)
            return $"a line that is not JSON: {broken}";
        return lines.Length > 0 && (lines[^1].StartsWith("{\"summary\"", StringComparison.Ordinal)
            || lines[^1].StartsWith("{\"error\"", StringComparison.Ordinal))
            ? null
            : "lines without an end";
    }

    private static bool IsProblem(RawAnswer answer) => Parse(answer.Body) is { ValueKind: JsonValueKind.Object } problem
        && problem.TryGetProperty("status", out var status) && status.TryGetInt32(out var number) && number == answer.Status
        && IsText(problem, "title") && IsText(problem, "detail") && IsText(problem, "type")
        && !answer.Text.Contains("   at ", StringComparison.Ordinal);

    private static bool IsText(JsonElement problem, string name) =>
        problem.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String && text.GetString()!.Length > 0;

    private static JsonElement? Parse(byte[] bytes)
    {
        try
        {
            return JsonElement.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
