using System.Text.Encodings.Web;
using System.Text.Json;

namespace AiOutliers.Engine.Json;

public static class JsonWriting
{
    /// <summary>
    /// Answers are JSON, never HTML: quotes and plus signs in messages stay readable. Our own writers make well-formed
    /// JSON; no second check.
    /// </summary>
    public static JsonWriterOptions Options { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };
}
