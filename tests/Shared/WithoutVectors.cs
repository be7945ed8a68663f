namespace AiOutliers.Tests.Shared;

/// <summary>Runs tests of this very project again in a child process in which the runtime uses no vector instructions.</summary>
internal static class WithoutVectors
{
    private static readonly Dictionary<string, string> Switch = new() { ["DOTNET_EnableHWIntrinsic"] = "0" };

    public static async Task ShouldPassAsync(params IEnumerable<Type> classes)
    {
        string[] filter = [.. classes.SelectMany(type => new[] { "-class", type.FullName! })];
        var run = await CommandRun.OfAsync(["dotnet", typeof(WithoutVectors).Assembly.Location, .. filter], environment: Switch);
        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        // A filter that finds nothing is not a failure to the runner.
        run.Output.ShouldMatch("Total: [1-9]");
    }
}
