using AiOutliers.Detection;

namespace AiOutliers.Service.Cli;

/// <summary>What the commands return to the shell.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int BadInput = 2;
    public const int AnomaliesFound = 3;

    public static int Of(ErrorKind kind) => kind is ErrorKind.BadInput or ErrorKind.BadConfiguration ? BadInput : Failure;
}
