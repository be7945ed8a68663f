namespace AiOutliers.Service.Tests.Hosting;

/// <summary>Tests that look at the memory of the whole process: alone, for what others take or leave meanwhile counts, too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LargeMemory
{
    public const string Name = "large memory";
}
