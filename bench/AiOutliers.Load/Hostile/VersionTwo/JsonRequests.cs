using System.Text;

namespace AiOutliers.Load.Hostile.VersionTwo;

/// <summary>The mutated requests of version 2, each made from its number alone.</summary>
internal static class JsonRequests
{
    /// <summary>What the first ones are asked by; the rest of the paths need little.</summary>
    private const int OfTen = 8;

    private static readonly int Questions = JsonSeeds.All.Count(static seed => seed.Path is "/api/v2/detect" or "/api/v2/explain");

    /// <param name="number">The request's number.</param>
    /// <param name="wantsLines">Whether an answer line by line is accepted.</param>
    public static byte[] Make(int number, out bool wantsLines)
    {
        var random = new Random(number);
        var (method, path, text) = JsonSeeds.All[random.Next(random.Next(10) < OfTen ? Questions : JsonSeeds.All.Count)];
        var body = Encoding.UTF8.GetBytes(text);
        if (body.Length > 0 && random.Next(10) > 0)
            body = Mutation.Of(random, body);
        if (random.Next(method == "GET" ? 2 : 30) == 0)
            path = PathOf(random, path);
        wantsLines = random.Next(2) == 0;
        var head = $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {TypeOf(random)}\r\n"
            + (wantsLines ? "Accept: application/x-ndjson\r\n" : "") + $"Content-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    /// <summary>
    /// Behind the version anything may stand but a zero byte, which the web server refuses itself; percent signs keep it a request of HTTP.
    /// </summary>
    private static string PathOf(Random random, string path)
    {
        const string Root = "/api/v2/";
        var tail = Mutation.Of(random, Encoding.UTF8.GetBytes(path[Root.Length..]));
        var text = new StringBuilder(Root);
        foreach (var sign in tail.Where(static sign => sign != 0))
            text.Append(char.IsAsciiLetterOrDigit((char)sign) || "/?&=_.-".Contains((char)sign, StringComparison.Ordinal)
                ? $"{(char)sign}"
                : $"%{sign:x2}");
        return text.ToString();
    }

    private static string TypeOf(Random random) => random.Next(60) switch
    {
        0 => "text/plain",
        1 => "application/x-www-form-urlencoded",
        2 => "application/json; charset=utf-16",
        3 => "application/yaml",
        _ => "application/json",
    };
}
