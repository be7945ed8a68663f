namespace AiOutliers.Service.Console.SignIn;

/// <param name="Back">The page that was wanted.</param>
/// <param name="IsWrong">Whether a key was given that is not valid.</param>
public sealed record SignInView(string Back, bool IsWrong)
{
    /// <summary>Whether a form was sent and not taken.</summary>
    public bool IsUnsent { get; init; }
}
