using System.Globalization;
using AiOutliers.Detection.Attribution;
using AiOutliers.Detection.Tests.Attribution;
using AiOutliers.Samples.FlowCells;

namespace AiOutliers.Benchmarks.Causes;

/// <summary>Counts cases that are exact, and verdicts that the cause lies outside.</summary>
internal sealed class CauseTally
{
    private int _cases;
    private int _exact;
    private int _outside;
    private int _wronglyOutside;
    private int _missedOutside;

    public void Add(FlowCaseKind kind, JudgedCase judged)
    {
        _cases++;
        _exact += judged.IsExact ? 1 : 0;
        var isOutside = judged.Result.Verdict == AttributionVerdict.Outside;
        if (kind is FlowCaseKind.Spread or FlowCaseKind.Nothing)
            (_outside, _missedOutside) = (_outside + (isOutside ? 1 : 0), _missedOutside + (isOutside ? 0 : 1));
        else if (kind != FlowCaseKind.SpreadAndFlood)
            _wronglyOutside += isOutside ? 1 : 0;
    }

    public override string ToString()
    {
        var (exact, outside) = ((double)_exact / _cases, 2.0 * _outside / (2 * _outside + _wronglyOutside + _missedOutside));
        return string.Create(CultureInfo.InvariantCulture, $"{exact:0.000} of {_cases} exact, F1 of outside {outside:0.000} ")
            + $"(right {_outside}, wrong {_wronglyOutside}, missed {_missedOutside})";
    }
}
