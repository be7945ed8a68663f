using AiOutliers.Druid.Files;

namespace AiOutliers.Druid.Tests.Files;

/// <summary>A file as some tool writes it, with the right answer.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Values">The metric <c>bytes</c> of each row, from the midnight of 2024-03-01 on, a row a minute.</param>
public sealed record FileKind(string Name, byte[] Content, double[] Values)
{
    public InputOptions Options { get; init; } = InputOptions.None;

    public override string ToString() => Name;
}
