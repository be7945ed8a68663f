namespace AiOutliers.Monitoring.Monitors;

/// <summary>Who changes something.</summary>
/// <param name="Name">A user, a key's name, or <c>monitor</c> for the program itself.</param>
/// <param name="Address">From where; empty on this machine.</param>
public sealed record Actor(string Name, string Address = "")
{
    /// <summary>The program itself.</summary>
    public static readonly Actor Program = new("monitor");

    /// <summary>Whoever runs a command on this machine.</summary>
    public static Actor OfCommand() => new(Environment.UserName, "command line");
}
