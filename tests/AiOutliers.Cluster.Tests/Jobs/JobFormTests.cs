using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Worker;
using Hangfire.Common;
using Hangfire.Storage;
using static AiOutliers.Cluster.Tests.Jobs.PoisonedJob;

namespace AiOutliers.Cluster.Tests.Jobs;

public sealed class JobFormTests
{
    private static readonly JobForm Form = new(TestJobs.Kinds);

    [Theory]
    [InlineData("traffic", null)]
    [InlineData("sensor%201", "sensor \"1\" <&> ñ")]
    public void Read_WhatIsEnqueued_IsTheJob(string model, string? sensor)
    {
        var stored = InvocationData.SerializeJob(JobForm.Of(TestJobs.Training(model, sensor)));

        IsTraining(Form.Read(stored.Type, stored.Method, stored.ParameterTypes, stored.Arguments), model, sensor);
    }

    [Theory]
    [InlineData("", "\"sensor 1\"", "sensor 1")]
    [InlineData(", Version=0.1.0.0, Culture=neutral, PublicKeyToken=null", null, null)]
    [InlineData("", "null", null)]
    public void Read_FormerType_IsTheSameJob(string version, string? argument, string? sensor)
    {
        var types = OurTypes.Replace("System.Private.CoreLib", "mscorlib", StringComparison.Ordinal);
        IsTraining(Form.Read(Ours + version, "RunAsync", types, Json("\"traffic\"", argument, null, null)), "traffic", sensor);
    }

    [Fact]
    public void Read_PoisonedJobs_AreRefused()
    {
        foreach (var job in PoisonedJobs.All("/nowhere").Where(static job => job is { CreatedAt: "1717200000000", State: not null } && job.Arguments?.Length < 1_000_000))
            Should.Throw<RefusedJobException>(() => Form.Read(job.Type, job.Method, job.ParameterTypes, job.Arguments), job.Shape);
    }

    [Fact]
    public void Read_KindsOfOthers_AreRefused()
    {
        var job = OfKind("train", "train", """{"model":"traffic"}""");
        IsTraining(Form.Read(job.Type, job.Method, job.ParameterTypes, job.Arguments), "traffic", null);
        Should.Throw<RefusedJobException>(() => new JobForm([]).Read(job.Type, job.Method, job.ParameterTypes, job.Arguments)).Message.ShouldContain("'train'");
    }

    private static void IsTraining(Job job, string model, string? sensor)
    {
        (job.Type, job.Method.Name).ShouldBe((typeof(JobRunner), nameof(JobRunner.RunAsync)));
        job.Args.Skip(2).ShouldBe([null, CancellationToken.None]);
        var payload = Form.PayloadOf((string)job.Args[0], (string)job.Args[1]);
        (payload.Kind.Name, payload.Subject, payload.Value("sensor")).ShouldBe(("train", model, sensor));
    }

    [Theory]
    [InlineData("System.IO.File, System.Private.CoreLib")]
    [InlineData("System.String[], System.Private.CoreLib")]
    [InlineData("System.String")]
    [InlineData("")]
    public void Resolve_AnyOtherType_IsRefused(string name)
    {
        JobQueue.Open(new(), TestJobs.Kinds, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance).Dispose();
        Should.Throw<RefusedJobException>(() => TypeHelper.CurrentTypeResolver(name));
    }

    [Fact]
    public void Of_TextOfOthers_IsBoundedAndOneLine() =>
        PrintableText.Of("a\r\n\u001b[31m\u202e\u2028" + new string('x', 1000)).ShouldBe("a???[31m??" + new string('x', 70) + "…");
}
