namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>
/// Day levels as one level, or two with a step between, and a weekend that differs from both by the same amount:
/// cost = Σ |U_d − (before or after) − weekend on days of it|.
/// </summary>
/// <param name="Step">s, the first day of the new level; <see cref="None"/> for one level.</param>
/// <param name="Weekend">o: days d with (d − o) mod 7 ∈ {0, 1} are the weekend; <see cref="None"/> for no weekend.</param>
/// <param name="Before">a1, the median of the working days before the step.</param>
/// <param name="After">a2, the median of the working days from the step on.</param>
/// <param name="WeekendOffset">ω, the median of what is left on the weekend's days.</param>
internal readonly record struct StepFit(int Step, int Weekend, double Before, double After, double WeekendOffset, double Cost)
{
    public const int None = -1;

    /// <summary>Worse than any fit.</summary>
    public static readonly StepFit Worst = new(None, None, 0, 0, 0, double.PositiveInfinity);

    /// <summary>δ.</summary>
    public double Change => After - Before;

    public static bool IsWeekend(int day, int weekend) => weekend != None && (day - weekend + 7) % 7 < 2;

    /// <summary>What the fit leaves of a day's level; NaN where the day is missing.</summary>
    public double Rest(double level, int day) =>
        level - (day < Step || Step == None ? Before : After) - (IsWeekend(day, Weekend) ? WeekendOffset : 0);
}
