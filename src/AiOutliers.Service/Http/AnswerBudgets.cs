using AiOutliers.Druid.Budgets;

namespace AiOutliers.Service.Http;

/// <summary>
/// What answers hold while clients take them. The large ones hold the rows of thousands of series for as long as ten minutes: they have a
/// budget of their own, so that those who take them slowly leave the small answers of all others their room.
/// </summary>
/// <param name="Small">Answers, and the buffers of their connections.</param>
/// <param name="Large">Rows that answers are made of while they are sent.</param>
internal sealed record AnswerBudgets(Budget Small, Budget Large)
{
    /// <summary>What an answer holds, and of which budget. One that is larger than the share of an address may be sent alone.</summary>
    public (Budget Budget, long Held) Of(long bytes) => bytes <= Small.Share / 2 - Sending.BufferBytes
        ? (Small, bytes + Sending.BufferBytes)
        : (Large, Math.Min(bytes, Large.Share));
}
