namespace AiOutliers.Engine.Analysis;

/// <summary>Where on its way from the request to the answer an analysis stands; version 1 names the stage first in every error.</summary>
public enum AnalysisStage
{
    Data,
    Query,
    Detection,
}
