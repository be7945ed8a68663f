using Microsoft.AspNetCore.Components;

namespace AiOutliers.Service.Console;

/// <summary>
/// Makes components that need nothing. The framework compiles an expression for each type, which takes a library and code: 1 MB in all.
/// </summary>
internal sealed class PlainComponents : IComponentActivator
{
    public IComponent CreateInstance(Type componentType) => (IComponent)Activator.CreateInstance(componentType)!;
}
