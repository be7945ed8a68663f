using AiOutliers.Engine.Explanation;

namespace AiOutliers.Service.Api.V2;

/// <summary>What <c>POST /api/v2/explain</c> was asked, checked.</summary>
/// <param name="Question">A stretch of a query's series; null where an incident is meant that a monitor has found.</param>
/// <param name="Incident">Its id.</param>
/// <param name="How">The dimensions and bounds.</param>
internal sealed record ExplainRequest(WindowQuestion? Question, string? Incident, ExplainMember How);
