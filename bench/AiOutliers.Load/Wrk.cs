using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AiOutliers.Load;

/// <param name="P50">Median milliseconds from the request to the whole answer.</param>
/// <param name="Failed">Answers with another status than 200, and requests that got none.</param>
internal sealed record WrkResult(double P50, double P99, double PerSecond, int Failed);

/// <summary>
/// The load generator <c>wrk</c>, one thread: each client posts the same form as fast as it is answered. It needs hardly any time of its
/// own, where an <see cref="HttpClient"/> needs one to two milliseconds of a core that the service shares for 700 kB.
/// </summary>
internal static partial class Wrk
{
    public static async Task<WrkResult> RunAsync(Uri url, byte[] form, int clients, int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("aioutliers-load");
        try
        {
            var (body, script) = (Path.Combine(folder.FullName, "body"), Path.Combine(folder.FullName, "post.lua"));
            await File.WriteAllBytesAsync(body, form);
            await File.WriteAllTextAsync(script,
                $"""
                wrk.method = "POST"
                wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
                local file = io.open("{body}", "rb")
                wrk.body = file:read("*a")
                file:close()
                """);
            string[] arguments = ["-t1", $"-c{clients}", $"-d{seconds}s", "--latency", "-s", script, url.AbsoluteUri];
            using var wrk = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
            var output = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            return wrk.ExitCode == 0 ? Read(output) : throw new InvalidOperationException("wrk failed:\n" + output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static WrkResult Read(string output)
    {
        var failed = Numbers(SocketErrors().Match(output)).Concat(Numbers(OtherStatus().Match(output))).Sum();
        return new(Milliseconds(output, "50%"), Milliseconds(output, "99%"), Numbers(Throughput().Match(output)).Single(), (int)failed);
    }

    private static double Milliseconds(string output, string percentile)
    {
        var match = Regex.Match(output, $@"{percentile}\s+([\d.]+)(us|ms|s)");
        return Numbers(match).Single() * match.Groups[2].Value switch { "us" => 1e-3, "ms" => 1, _ => 1e3 };
    }

    private static IEnumerable<double> Numbers(Match match) => match.Groups.Values.Skip(1)
        .Where(static group => group.ValueSpan.ContainsAnyInRange('0', '9'))
        .Select(static group => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Throughput();

    [GeneratedRegex(@"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")]
    private static partial Regex SocketErrors();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex OtherStatus();
}
