namespace AiOutliers.Druid.Budgets;

/// <summary>One who waits for a turn.</summary>
internal sealed class BudgetWaiter(string? client)
{
    public string? Client => client;

    public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
