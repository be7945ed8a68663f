using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Api.V1;

/// <summary>Version 1, frozen. It asks for no key, as its clients expect, unless <c>[Security] protect_v1</c> is on.</summary>
internal static class VersionOneRoutes
{
    public static void MapVersionOne(this IEndpointRouteBuilder routes, SecuritySettings security)
    {
        var group = routes.MapGroup("");
        group.MapOutliers();
        group.MapIpIdentifier();
        if (security.ProtectV1)
            group.RequireRole(Role.Operator, limited: false);
    }
}
