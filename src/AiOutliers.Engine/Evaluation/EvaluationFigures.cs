namespace AiOutliers.Engine.Evaluation;

/// <summary>
/// How well one score, or the verdict, of a detector does. NaN where a figure is missing: docs/evaluate.md says what each means.
/// </summary>
public readonly record struct EvaluationFigures(
    double VusPr, double VusRoc, double AveragePrecision, double BestF1,
    double EventRecall, double FalseEventsPerDay, double EventF1, double MillisecondsPerThousand)
{
    public static readonly EvaluationFigures None = new(
        double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>The figures in the order of the CSV: its column, what people read, and how many decimals they see.</summary>
    public static readonly IReadOnlyList<(string Column, string Heading, int Decimals, Func<EvaluationFigures, double> Of)> Columns =
    [
        ("vus_pr", "VUS-PR", 3, figures => figures.VusPr),
        ("vus_roc", "VUS-ROC", 3, figures => figures.VusRoc),
        ("auc_pr", "AUC-PR", 3, figures => figures.AveragePrecision),
        ("best_f1", "best F1", 3, figures => figures.BestF1),
        ("event_recall", "event recall", 2, figures => figures.EventRecall),
        ("false_events_per_day", "false events/day", 3, figures => figures.FalseEventsPerDay),
        ("event_f1", "event F1", 3, figures => figures.EventF1),
        ("ms_per_1000", "ms/1,000 rows", 2, figures => figures.MillisecondsPerThousand),
    ];

    /// <summary>Each figure's mean over those that have it.</summary>
    public static EvaluationFigures Mean(IReadOnlyCollection<EvaluationFigures> all)
    {
        double Of(int column) => all.Select(Columns[column].Of).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        return new(Of(0), Of(1), Of(2), Of(3), Of(4), Of(5), Of(6), Of(7));
    }
}
