namespace AiOutliers.Engine.Evaluation;

/// <summary>A file that holds a labelled series, not read yet.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Group">The name of its folder: means are given per group.</param>
/// <param name="Name">Group and file name without extension, as published tables name series.</param>
/// <param name="Layout">How to read it.</param>
/// <param name="Windows">NAB's layout: the labelled windows.</param>
public sealed record LabelledFile(string Path, string Group, string Name, SeriesLayout Layout, IReadOnlyList<LabelledWindow> Windows);
