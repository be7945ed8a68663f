namespace AiOutliers.Service.Security;

/// <summary>On a route's metadata: who may call it.</summary>
/// <param name="Role">The least role.</param>
/// <param name="IsLimited">Whether its calls count towards <c>requests_per_minute</c>.</param>
internal sealed record RequiredRole(Role Role, bool IsLimited);

internal static class RoleRequirement
{
    /// <summary>Lets in callers of this role or a higher one; everybody else gets 401 or 403.</summary>
    /// <param name="routes">A route or a group.</param>
    /// <param name="role">The least role.</param>
    /// <param name="limited">Whether calls count towards <c>requests_per_minute</c>.</param>
    public static T RequireRole<T>(this T routes, Role role, bool limited = true) where T : IEndpointConventionBuilder =>
        routes.WithMetadata(new RequiredRole(role, limited));
}
