namespace AiOutliers.Service.Http;

/// <summary>
/// What OpenAPI says of a route beside what the framework reads off it. The library of descriptions takes 2 MB, so that nothing here names
/// its types before somebody asks for one.
/// </summary>
/// <param name="Change">Makes what changes the operation: a delegate as the framework's transformers are.</param>
internal sealed record RouteDescription(Func<Delegate> Change);

internal static class RouteDescriptionExtensions
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, Func<Delegate> change) =>
        route.WithMetadata(new RouteDescription(change));
}
