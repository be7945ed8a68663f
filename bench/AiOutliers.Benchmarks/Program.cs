using AiOutliers.Benchmarks;
using AiOutliers.Benchmarks.RealData;
using BenchmarkDotNet.Running;

if (args is ["shift-recall", .. var rest])
    return ShiftRecall.Run(rest);
if (args is ["real", .. var realArguments])
    return await RealReport.RunAsync(realArguments);
if (args is ["flow-suite", .. var flowArguments])
    return await FlowSuiteReport.RunAsync(flowArguments);
BenchmarkSwitcher.FromAssembly(typeof(ShiftRecall).Assembly).Run(args);
return 0;
