using System.Text;
using System.Text.Json;
using AiOutliers.Druid.Building;
using AiOutliers.Service.Console.Explore;

namespace AiOutliers.Console.Tests.Explore;

public sealed class ExploreQuestionTests
{
    /// <summary>Names may begin or end with blanks; who types a condition may add some.</summary>
    [Theory]
    [InlineData("host=a", "{\"type\":\"selector\",\"dimension\":\"host\",\"value\":\"a\"}")]
    [InlineData(" host =a\\u2028", "{\"type\":\"in\",\"dimension\":\"host\",\"values\":[\"a\\u2028\",\"a\"]}")]
    [InlineData("host==1", "{\"type\":\"selector\",\"dimension\":\"host\",\"value\":\"=1\"}")]
    public void Filter_OfACondition_HasItsValueAsItIs(string condition, string filter)
    {
        var state = new ExploreState { Where = [condition.Replace("\\u2028", "\u2028")] };

        var query = ExploreQuestion.Of(state, new(0, 3_600_000), new TrafficSchema()).Query;

        JsonElement.DeepEquals(
            JsonElement.Parse(Encoding.UTF8.GetString(query.ToUtf8Json())).GetProperty("filter"), JsonElement.Parse(filter)).ShouldBeTrue();
    }
}
