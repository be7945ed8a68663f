using AiOutliers.Benchmarks;
using AiOutliers.Benchmarks.Causes;
using AiOutliers.Benchmarks.History;
using AiOutliers.Benchmarks.Monitors;
using AiOutliers.Benchmarks.RealData;
using BenchmarkDotNet.Running;

if (args is ["shift-recall", .. var rest])
    return ShiftRecall.Run(rest);
if (args is ["real", .. var realArguments])
    return await RealReport.RunAsync(realArguments);
if (args is ["flow-suite", .. var flowArguments])
    return await FlowSuiteReport.RunAsync(flowArguments);
if (args is ["engine", .. var engineArguments])
    return await EngineReport.RunAsync(engineArguments);
if (args is ["history", .. var historyArguments])
    return await HistoryBench.RunAsync(historyArguments);
if (args is ["causes", .. var causesArguments])
    return await CausesBench.RunAsync(causesArguments);
if (args is ["inputs", .. var inputArguments])
    return await InputReport.RunAsync(inputArguments);
if (args is ["monitors", .. var monitorArguments])
    return await MonitorBench.RunAsync(monitorArguments);
if (args is ["model-samples", .. var sampleArguments])
    return await ModelSamples.RunAsync(sampleArguments);
BenchmarkSwitcher.FromAssembly(typeof(ShiftRecall).Assembly).Run(args);
return 0;
