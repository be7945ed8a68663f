using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis;
using Spectre.Console;

namespace AiOutliers.Service.Terminal;

/// <summary>What <c>detect</c> shows a person of many series: their incidents in one table, and how many series there are.</summary>
internal sealed class SeriesTable
{
    /// <summary>More reasons are counted, not listed.</summary>
    private const int MaxReasons = 5;

    /// <summary>Of a dimension or its value; longer ones are cut.</summary>
    private const int MostLetters = 40;

    private readonly List<(SeriesKey Key, JointIncident Incident)> _incidents = [];
    private readonly List<(SeriesKey Key, JointReport Report)> _explained = [];
    private readonly Dictionary<string, int> _notJudged = new(StringComparer.Ordinal);
    private readonly HashSet<string> _warnings = new(StringComparer.Ordinal);
    private int _series;
    private int _anomalous;

    /// <summary>The rows of the series that could be judged.</summary>
    public ReadSummary Read { get; private set; } = new() { Series = 0, Rows = 0 };

    /// <summary>Keeps what is to be shown of a report; its rows are let go.</summary>
    public void Add(SeriesReport report)
    {
        _series++;
        if (report.NotJudged is { } reason)
            _notJudged[reason] = _notJudged.GetValueOrDefault(reason) + 1;
        if (report.Report is not { } joint)
            return;
        Read = Read.And(ReadSummary.Of(joint));
        _anomalous += joint.Incidents.Count > 0 ? 1 : 0;
        _incidents.AddRange(joint.Incidents.Select(incident => (report.Key, incident)));
        _warnings.UnionWith(joint.Warnings);
        if (joint.Causes.Count > 0)
            _explained.Add((report.Key, joint));
    }

    public void Write(IAnsiConsole console, IEnumerable<string> warnings)
    {
        if (console.Profile.Width < AnomalyTable.LeastWidth + DimensionsWidth())
            AnomalyTable.WriteLines(console, Listed(), static one =>
                $"{NameOf(one.Key)}: {IncidentWords.When(one.Incident.Start, one.Incident.End)}, {one.Incident.Worst.Reason}");
        else if (_incidents.Count > 0)
            console.Write(Incidents(console.Profile.Width < AnomalyTable.FullWidth));
        foreach (var (key, joint) in _explained)
            CausesText.Write(console, key, joint);
        foreach (var warning in warnings.Concat(Notes()))
            console.MarkupLineInterpolated($"[yellow]{warning}[/]");
        var judged = _series - _notJudged.Values.Sum();
        var found = $"{_anomalous:N0} of {_series:N0} series {(_anomalous == 1 ? "is" : "are")} anomalous";
        console.MarkupLineInterpolated(
            $"{found}, {judged:N0} {(judged == 1 ? "was" : "were")} judged{IncidentWords.Count(_incidents.Count)}.");
    }

    /// <summary>What the series have in common to say: warnings, and why some were not judged.</summary>
    public IEnumerable<string> Notes() =>
        _warnings.Take(MaxReasons).Concat(_notJudged.OrderByDescending(static pair => pair.Value).Take(MaxReasons)
            .Select(pair => string.Create(
                CultureInfo.InvariantCulture, $"No verdict on {pair.Value:N0} of {_series:N0} series: {pair.Key}")));

    private Table Incidents(bool narrow)
    {
        var dimensions = _incidents.SelectMany(static one => one.Key.Parts).Select(static part => part.Key)
            .Distinct(StringComparer.Ordinal).ToList();
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var dimension in dimensions)
            table.AddColumn(new TableColumn(Markup.Escape(Short(dimension))).NoWrap());
        table.AddColumn(new TableColumn("start (UTC)").NoWrap()).AddColumn(new TableColumn("lasts").RightAligned().NoWrap());
        if (!narrow)
            table
                .AddColumn("metric")
                .AddColumn(new TableColumn("peak").RightAligned().NoWrap())
                .AddColumn(new TableColumn("expected").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("severity").RightAligned().NoWrap()).AddColumn("why");
        foreach (var (key, incident) in Listed())
            table.AddRow([.. dimensions.Select(dimension => Markup.Escape(ValueOf(key, dimension))), .. Row(incident, narrow)]);
        return AnomalyTable.Captioned(table, _incidents.Count);
    }

    private IEnumerable<(SeriesKey Key, JointIncident Incident)> Listed() =>
        AnomalyTable.MostSevere(_incidents, static one => one.Incident.Worst.Severity, static one => one.Incident.Start);

    /// <summary>The room that the names of the series take, beyond that of one short name.</summary>
    private int DimensionsWidth() => Listed().SelectMany(static one => one.Key.Parts).GroupBy(static part => part.Key)
        .Sum(static dimension => dimension.Max(static part => Math.Min(MostLetters, part.Value.Length)));

    /// <summary>A dimension without a value is null in Druid.</summary>
    private static string ValueOf(SeriesKey key, string dimension) =>
        key.Parts.FirstOrDefault(part => part.Key == dimension).Value is { } value ? Short(value) : "-";

    private static string NameOf(SeriesKey key) => key.IsNone
        ? "(no value)"
        : string.Join(", ", key.Parts.Select(static part => $"{Short(part.Key)}={Short(part.Value)}"));

    /// <summary>Names come from the network.</summary>
    internal static string Short(string text) => OneLine.Of(text, text.Length > MostLetters ? MostLetters - 1 : MostLetters);

    private static string[] Row(JointIncident incident, bool narrow)
    {
        var worst = incident.Worst;
        string[] numbers = narrow ? [] :
        [
            Markup.Escape(string.Join(' ', incident.Metrics.Select(static one => one.Metric))),
            Quantity.Short(worst.Peak?.Value ?? double.NaN), Quantity.Short(worst.Peak?.Expected ?? double.NaN),
        ];
        return
        [
            IncidentWords.Time(incident.Start), IncidentWords.Duration(incident.End - incident.Start),
            .. numbers, Quantity.Short(Math.Round(worst.Severity)), Markup.Escape(worst.Reason),
        ];
    }
}
