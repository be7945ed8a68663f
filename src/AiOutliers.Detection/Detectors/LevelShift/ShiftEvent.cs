using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>A stretch whose level is not the usual one.</summary>
/// <param name="Start">The first point.</param>
/// <param name="End">One past the last point; for a step, a day after the start.</param>
/// <param name="Kind">
/// <see cref="IncidentKind.LevelShift"/>, <see cref="IncidentKind.Ramp"/> or <see cref="IncidentKind.MissingPeak"/>.
/// </param>
/// <param name="Lasting">A step: the level stays where it is. Otherwise it came back, or still runs at the series' end.</param>
/// <param name="Size">The usual times this factor; for data with negative values, the difference in the data's unit.</param>
/// <param name="Direction">1 up, −1 down.</param>
/// <param name="Score">How clear it is, in the noise's own unit: comparable within one kind of event.</param>
internal sealed record ShiftEvent(int Start, int End, IncidentKind Kind, bool Lasting, double Size, int Direction, double Score);
