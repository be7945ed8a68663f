namespace AiOutliers.Druid.Responses;

/// <summary>Says why a text is not taken for a time.</summary>
internal static class TimeProblem
{
    public static string Of(string? text) => text switch
    {
        null => "it is neither text nor a number",
        _ => $"'{(text.Length <= 40 ? text : text[..40] + "…")}' is not ISO 8601",
    };
}
