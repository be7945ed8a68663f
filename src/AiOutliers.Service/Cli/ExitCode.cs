using AiOutliers.Detection;

namespace AiOutliers.Service.Cli;

/// <summary>What the commands return to the shell.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int BadInput = 2;
    public const int AnomaliesFound = 3;

    /// <summary>The input can be read, and there is too little in it to judge.</summary>
    public const int NotJudged = 4;

    /// <summary>By Ctrl-C, or as a supervisor asks; shells say 128 and the number of the signal.</summary>
    public const int Stopped = 130;

    public static int Of(ErrorKind kind) => kind switch
    {
        ErrorKind.BadInput or ErrorKind.InUse or ErrorKind.BadConfiguration => BadInput,
        ErrorKind.NothingToJudge => NotJudged,
        _ => Failure,
    };
}
