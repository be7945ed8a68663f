using AiOutliers.Druid.Building;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Service.Console.Explore;

namespace AiOutliers.Service.Console.FrameParts;

/// <summary>Where a part of a name leads, beside the pages of the menu.</summary>
/// <param name="text">The part.</param>
public sealed class Places(string text)
{
    /// <summary>So many of each kind fit under the field.</summary>
    private const int MostOfAKind = 6;

    private readonly List<Place> _all = [];

    public string Text => text;

    public IReadOnlyList<Place> All => _all;

    public void AddSensors(TrafficSchema traffic, IEnumerable<string> sensors) => Add(
        "sensor", sensors, static sensor => sensor,
        sensor => new ExploreState { Last = ExploreState.UsualLast, Where = [$"{traffic.SensorDimension}={sensor}"] }.Address());

    public void AddIncidents(IEnumerable<StoredIncident> incidents) => Add(
        "open incident", incidents, static one => $"{one.Kind.Replace('_', ' ')} of {one.Metric}, {one.Entity}",
        static one => $"{ConsolePages.Incidents}/{Uri.EscapeDataString(one.Id)}");

    public void AddMonitors(IEnumerable<string> monitors) => Add(
        "monitor", monitors, static name => name, static name => $"{ConsolePages.Monitors}/{Uri.EscapeDataString(name)}");

    public void AddModels(IEnumerable<string> models) => Add(
        "model", models, static name => name, static name => $"{ConsolePages.Models}/{Uri.EscapeDataString(name)}");

    /// <summary>Those that begin with it stand first.</summary>
    private void Add<T>(string kind, IEnumerable<T> all, Func<T, string> name, Func<T, string> address) => _all.AddRange(all
        .Select(one => (Name: name(one), One: one))
        .Where(found => found.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
        .OrderBy(found => !found.Name.StartsWith(text, StringComparison.OrdinalIgnoreCase))
        .Take(MostOfAKind)
        .Select(found => new Place(kind, found.Name, address(found.One))));
}

/// <param name="Kind">What it is: a sensor, a monitor.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Address">Its page.</param>
public sealed record Place(string Kind, string Name, string Address);
