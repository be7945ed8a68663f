
namespace AiOutliers.Engine.Analysis.History;

/// <param name="Span">How far back to look.</param>
/// <param name="Rows">The most rows before those asked for.</param>
/// <param name="Anew">Ask for all of it again, whatever is in memory.</param>
internal readonly record struct HistoryWish(HistorySpan Span, int Rows, bool Anew);
