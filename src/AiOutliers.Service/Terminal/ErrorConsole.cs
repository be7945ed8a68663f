using Spectre.Console;

namespace AiOutliers.Service.Terminal;

/// <summary>Standard error as a terminal where progress is drawn.</summary>
internal static class ErrorConsole
{
    /// <summary>
    /// Null where nothing can be drawn: no terminal, or one that cannot move its cursor. Where the results go, to a file or
    /// a pipe, does not matter.
    /// </summary>
    public static IAnsiConsole? Open()
    {
        if (System.Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb")
            return null;
        return AnsiConsole.Create(new() { Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(System.Console.Error) });
    }
}
