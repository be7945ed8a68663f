using AiOutliers.Cluster.Jobs;
using Hangfire.Common;
using Hangfire.Storage;
using static AiOutliers.Cluster.Tests.Jobs.PoisonedJob;

namespace AiOutliers.Cluster.Tests.Jobs;

public sealed class JobFormTests
{
    [Theory]
    [InlineData("traffic", null)]
    [InlineData("sensor%201", "sensor \"1\" <&> ñ")]
    public void Read_WhatIsEnqueued_IsTheJob(string model, string? sensor)
    {
        var stored = InvocationData.SerializeJob(JobQueue.JobOf(new(model, sensor)));

        var job = JobForm.Read(stored.Type, stored.Method, stored.ParameterTypes, stored.Arguments);

        job.Type.ShouldBe(typeof(TrainingRunner));
        job.Method.Name.ShouldBe(nameof(TrainingRunner.RunAsync));
        job.Args.ShouldBe([model, sensor, null, CancellationToken.None]);
    }

    [Theory]
    [InlineData(Ours)]
    [InlineData(Ours + ", Version=0.1.0.0, Culture=neutral, PublicKeyToken=null")]
    public void Read_OtherVersions_AreUnderstood(string type)
    {
        var types = OurTypes.Replace("System.Private.CoreLib", "mscorlib", StringComparison.Ordinal);
        JobForm.Read(type, "RunAsync", types, Json("\"traffic\"", null, null, null)).Args[0].ShouldBe("traffic");
    }

    [Fact]
    public void Read_PoisonedJobs_AreRefused()
    {
        foreach (var job in PoisonedJobs.All("/nowhere").Where(static job => job is { CreatedAt: "1717200000000", State: not null } && job.Arguments?.Length < 1_000_000))
            Should.Throw<RefusedJobException>(() => JobForm.Read(job.Type, job.Method, job.ParameterTypes, job.Arguments), job.Shape);
    }

    [Theory]
    [InlineData("System.IO.File, System.Private.CoreLib")]
    [InlineData("System.String[], System.Private.CoreLib")]
    [InlineData("System.String")]
    [InlineData("")]
    public void Resolve_AnyOtherType_IsRefused(string name)
    {
        JobQueue.Open(new(), Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance).Dispose();
        Should.Throw<RefusedJobException>(() => TypeHelper.CurrentTypeResolver(name));
    }

    [Fact]
    public void Of_TextOfOthers_IsBoundedAndOneLine() =>
        PrintableText.Of("a\r\n\u001b[31m\u202e\u2028" + new string('x', 1000)).ShouldBe("a???[31m??" + new string('x', 70) + "…");
}
