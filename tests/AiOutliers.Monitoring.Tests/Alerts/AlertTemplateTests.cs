using AiOutliers.Monitoring.Alerts;

namespace AiOutliers.Monitoring.Tests.Alerts;

public sealed class AlertTemplateTests
{
    private const long FewBytes = 100_000_000;

    [Theory]
    [InlineData("{% for i in (1..20000000) %}x{% endfor %}", "a range has more than 10000 numbers")]
    [InlineData("{% if true %}{% assign n = 20000000 %}{% assign all = (1..n) %}{% endif %}", "a range has more than 10000 numbers")]
    [InlineData("{% capture s %}{% for i in (1..1000) %}0123456789{% endfor %}{% endcapture %}{% for i in (1..5000) %}{{ s }}{% endfor %}",
        "the text has more than 1000000 characters")]
    public void Render_WhatWouldFillTheMemory_FailsBeforeItDoes(string template, string words)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Should.Throw<DeliveryException>(() => AlertTemplate.Render(template, [], "title")).Message.ShouldContain(words);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(FewBytes);
    }

    [Fact]
    public void Render_SmallRange_CountsAlong() =>
        AlertTemplate.Render("{% for i in (1..3) %}{{ i }}{% if i == 2 %}!{% endif %}{% endfor %} {{ title }}", [], "<b>")
            .ShouldBe("12!3 <b>");
}
