namespace AiOutliers.Service.Hosting;

/// <summary>What a member holds that is kept as it was written.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HoldsAttribute(Type type) : Attribute
{
    public Type Type => type;
}
