using AiOutliers.Detection.Series;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Monitoring.Entities;

/// <summary>Adds up the verdicts of a window, in the order of the entities' places.</summary>
internal sealed class EntityTally(MonitorEntities state)
{
    private readonly List<Finding> _findings = [];
    private readonly HashSet<SeriesKey> _judged = [];
    private readonly Dictionary<string, int> _notJudged = new(StringComparer.Ordinal);

    /// <summary>Series that the detector judged.</summary>
    public int Whole { get; private set; }

    /// <summary>Series that needed no detector.</summary>
    public int Skipped { get; private set; }

    public void Add(int place, EntityVerdict? verdict)
    {
        if (verdict is null)
            return;
        _findings.AddRange(verdict.Findings);
        Whole += verdict.Whole;
        Skipped += verdict.Skipped;
        if (verdict.NotJudged is { } why)
            _notJudged[why] = _notJudged.GetValueOrDefault(why) + 1;
        else if (!verdict.IsSilent)
            _judged.Add(EntityKeys.Read(state.At(place).Shard.Keys[place % EntityShard.Most]!, state.Layout.By));
    }

    public WindowVerdict Verdict(WindowResult empty)
    {
        if ((state.IsReady ? state.Reading.Pending.Count : state.Reading.Together) is > 0 and var unread)
            _notJudged[EntityWindow.Reading] = unread;
        return new(empty with { Findings = _findings, Judged = _judged }, _notJudged) { Whole = Whole };
    }
}
