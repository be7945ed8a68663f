namespace AiOutliers.Druid.Files;

/// <summary>Computes a <see cref="ChunkFunction"/>.</summary>
/// <param name="arguments">The arguments of all rows.</param>
/// <param name="rows">How many rows.</param>
/// <param name="results">The value for each row.</param>
internal delegate void ChunkWork(ColumnVector[] arguments, int rows, Span<int> results);
