using AiOutliers.Benchmarks;
using BenchmarkDotNet.Running;

if (args is ["shift-recall", .. var rest])
    return ShiftRecall.Run(rest);
if (args is ["flow-suite", .. var flowArguments])
    return await FlowSuiteReport.RunAsync(flowArguments);
if (args is ["model-samples", .. var sampleArguments])
    return await ModelSamples.RunAsync(sampleArguments);
BenchmarkSwitcher.FromAssembly(typeof(ShiftRecall).Assembly).Run(args);
return 0;
