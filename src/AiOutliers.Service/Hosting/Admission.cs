using System.Diagnostics.Metrics;
using AiOutliers.Druid.Budgets;
using AiOutliers.Service.Http;

namespace AiOutliers.Service.Hosting;

/// <summary>
/// What requests may use at once, each kind with a budget of its own. One address gets at most half of what clients decide about.
/// </summary>
internal sealed class Admission
{
    /// <summary>What bodies of one address may take; more where one body may be larger.</summary>
    private const long BodyShare = 64L << 20;

    /// <summary>Of answers that one address takes: some hundred at once, with the buffers of their connections.</summary>
    private const long AnswerShare = 32L << 20;

    /// <summary>The rows of 10,000 series of a day at five minutes are some 60 MB.</summary>
    private const long LargeAnswerShare = 128L << 20;

    public const long MostConnections = 8192;

    /// <param name="largestBody">The largest body that is accepted.</param>
    public Admission(long largestBody = 0)
    {
        var processors = Environment.ProcessorCount;
        // The end of a body is seen with one byte more.
        var ofBodies = Math.Max(BodyShare, largestBody + 1);
        var connections = OpenFiles.Connections(MostConnections);
        Connections = new("connections", connections, connections / 2);
        BodyBytes = new("body-bytes", 2 * ofBodies, ofBodies);
        LongComputations = new("long-computations", Math.Max(1, processors - 1));
        EmbeddedQueries = new("embedded-queries", Math.Max(2, processors));
        EngineClients = new("engine-clients", long.MaxValue, EmbeddedQueries.Capacity / 2);
        LargeAnswers = new("large-source-answers", 2);
        Answers = new(
            new("answer-bytes", 3 * AnswerShare, AnswerShare), new("large-answer-bytes", 2 * LargeAnswerShare, LargeAnswerShare));
    }

    /// <summary>One that waits takes some 10 kB.</summary>
    public Budget Connections { get; }

    /// <summary>Buffers of all requests' bodies together; who finds no room is answered 503.</summary>
    public Budget BodyBytes { get; }

    /// <summary>Long computations share N-1 slots so that short requests find a free core.</summary>
    public Budget LongComputations { get; }

    /// <summary>A query takes a thread for as long as it runs.</summary>
    public Budget EmbeddedQueries { get; }

    /// <summary>Whose queries run: one address takes at most half of the engine's time.</summary>
    public Budget EngineClients { get; }

    /// <summary>Answers of the broker above 16 MB: memory is bounded, however many ask.</summary>
    public Budget LargeAnswers { get; }

    /// <summary>What answers hold while clients take them; who finds no room is answered 503.</summary>
    public AnswerBudgets Answers { get; }

    public void Report(Meter meter)
    {
        Budget[] all =
        [
            Connections, BodyBytes, LongComputations, EmbeddedQueries, EngineClients, LargeAnswers, Answers.Small, Answers.Large,
        ];
        const string Prefix = "aioutliers.admission.";
        meter.CreateObservableGauge(Prefix + "used", () => Of(static budget => budget.Used), null, "What is in use of a budget.");
        meter.CreateObservableGauge(Prefix + "waiting", () => Of(static budget => budget.Waiting), null, "Who waits for a budget.");
        meter.CreateObservableCounter(Prefix + "waits", () => Of(static budget => budget.Waits), null, "Who has waited for a budget.");
        meter.CreateObservableCounter(
            Prefix + "wait", () => Of(static budget => budget.Waited.TotalSeconds), "s", "How long those waited.");
        meter.CreateObservableCounter(Prefix + "refused", () => Of(static budget => budget.Refused), null, "Who was refused by a budget.");

        IEnumerable<Measurement<T>> Of<T>(Func<Budget, T> value) where T : struct =>
            all.Select(budget => new Measurement<T>(value(budget), new KeyValuePair<string, object?>("budget", budget.Name)));
    }
}
