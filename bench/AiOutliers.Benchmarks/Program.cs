using AiOutliers.Benchmarks;
using BenchmarkDotNet.Running;

if (args is ["shift-recall", .. var rest])
    return ShiftRecall.Run(rest);
BenchmarkSwitcher.FromAssembly(typeof(ShiftRecall).Assembly).Run(args);
return 0;
