namespace AiOutliers.Druid.Responses;

/// <summary>The forms in which Druid, and others, write rows.</summary>
internal enum JsonRowForm
{
    /// <summary><c>{"timestamp":…,"result":{…}}</c>, of a timeseries, which has no dimensions.</summary>
    Timeseries,

    /// <summary><c>{"timestamp":…,"result":[{…},…]}</c>, of a topN.</summary>
    TopN,

    /// <summary><c>{"version":"v1","timestamp":…,"event":{…}}</c>, of a groupBy.</summary>
    Event,

    /// <summary><c>{"segmentId":…,"columns":[…],"events":[…]}</c>, of a scan.</summary>
    Scan,

    /// <summary><c>{"__time":…,"bytes":…}</c>, of Druid SQL and of JSON Lines.</summary>
    Flat,

    /// <summary><c>["2024-03-01T00:00:00.000Z",1]</c>, of Druid SQL and of a groupBy with resultAsArray.</summary>
    Array,
}
