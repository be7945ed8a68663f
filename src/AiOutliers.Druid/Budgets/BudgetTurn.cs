namespace AiOutliers.Druid.Budgets;

/// <summary>One taken from a budget, given back once.</summary>
public sealed class BudgetTurn : IDisposable
{
    private readonly string? _client;
    private Budget? _budget;

    internal BudgetTurn(Budget budget, string? client) => (_budget, _client) = (budget, client);

    public void Dispose() => Interlocked.Exchange(ref _budget, null)?.Return(1, _client);
}
