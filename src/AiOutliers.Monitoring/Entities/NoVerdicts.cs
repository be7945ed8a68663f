namespace AiOutliers.Monitoring.Entities;

/// <summary>Why series have no verdict, each reason with a number that fits into a summary.</summary>
internal sealed class NoVerdicts
{
    private readonly List<string> _reasons = [""];

    /// <summary>0 where there is a verdict.</summary>
    public byte NumberOf(string? reason)
    {
        if (reason is null)
            return 0;
        lock (_reasons)
        {
            if (!_reasons.Contains(reason) && _reasons.Count < byte.MaxValue)
                _reasons.Add(reason);
            return (byte)Math.Max(0, _reasons.IndexOf(reason));
        }
    }

    /// <summary>Null for 0, and for a number that was stored before a restart.</summary>
    public string? Of(byte number)
    {
        lock (_reasons)
        {
            return number > 0 && number < _reasons.Count ? _reasons[number] : null;
        }
    }
}
