namespace AiOutliers.Service.Security;

/// <summary>Who asks.</summary>
/// <param name="Name">The key's name, the user that a proxy has signed in, or <c>local</c>.</param>
/// <param name="Role">What they may do.</param>
internal sealed record Caller(string Name, Role Role)
{
    /// <summary>Whoever asks from this machine while there is no key.</summary>
    public static readonly Caller Local = new("local", Role.Admin);

    /// <summary>The caller that a route with <see cref="RoleRequirement.RequireRole"/> has let in.</summary>
    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("The route requires no role, so nobody was recognised.");
}
