using System.Globalization;
using System.Text;
using AiOutliers.Druid.Budgets;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Embedded;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Training;
using AiOutliers.Models.Folder;
using AiOutliers.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Engine.Tests.Training;

/// <summary>From data to verdict where no name is redBorder's.</summary>
public sealed class OtherSchemaTests : IDisposable
{
    private const int Days = 6, PerDay = 96;

    private static readonly DateTimeOffset Start = new(2024, 3, 4, 0, 0, 0, TimeSpan.Zero);

    private static readonly EngineSettings Settings = new()
    {
        Metric = "octets",
        Traffic = new()
        {
            DataSource = "netflow",
            SensorDimension = "site",
            Metrics = TrafficSchema.ParseMetrics("""
                [{ "name": "octets", "aggregator": { "type": "doubleSum", "fieldName": "in_octets" } },
                 { "name": "hosts", "aggregator": { "type": "hyperUnique", "fieldName": "host" } },
                 { "name": "rate", "of": "octets", "factor": 8, "per_second": true },
                 { "name": "octets_per_host", "of": "octets", "per": "hosts" }]
                """u8),
        },
    };

    private readonly TemporaryFolder _data = new(), _models = new();
    private readonly EmbeddedEngine _engine;

    public OtherSchemaTests()
    {
        File.WriteAllText(Path.Combine(_data.Path, "netflow.csv"), Csv());
        _engine = new(_data.Path);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _engine.Dispose();
        _data.Dispose();
        _models.Dispose();
    }

    [Fact]
    public async Task TrainAndDetect_OtherNames_TheSitesModelFindsItsOutage()
    {
        var job = new TrainingJob(Settings, _models.Path, _engine, TimeProvider.System);
        var request = new TrainingRequest("mine") { Sensors = ["lab"], From = Start, To = Start.AddDays(Days - 1), Epochs = 10 };

        (await job.RunAsync(request, null, Cancellation)).IsSaved.ShouldBeTrue();

        var profile = ModelFiles.Load(_models.Path, "mine").Autoencoder.Profile;
        (profile.Sensor, string.Join(' ', profile.Metrics)).ShouldBe(("lab", "hosts octets octets_per_host rate granularity"));
        var report = (await Analyzer().AnalyzeAsync(new() { Query = LastDay("lab"), ModelOfSensor = true }, Cancellation)).Reports.Single();
        (report.Model, report.Metric).ShouldBe(("mine", "octets"));
        report.Table.Timestamps.Where((_, row) => report.Result.Anomalies[row]).ShouldContain("2024-03-09T12:00:00.000Z");
    }

    [Fact]
    public async Task Sensors_OfTheDataSource_AreTheValuesOfItsDimension() =>
        (await SensorValues.ReadAsync(_engine, Settings.Traffic, "2024-03-04/2024-03-10", Cancellation)).ShouldBe(["lab", "office"]);

    private OutlierAnalyzer Analyzer()
    {
        var sensors = Settings.Traffic.Sensors;
        var models = new ModelFolder(
            _models.Path, 4, filter => sensors.SensorOf(Encoding.UTF8.GetBytes(filter)), NullLogger<ModelFolder>.Instance);
        return new(Settings, models, _engine, TimeProvider.System, new Budget("long", 1), NullLogger<OutlierAnalyzer>.Instance);
    }

    private static byte[] LastDay(string site) => Encoding.UTF8.GetBytes($$$"""
        {"queryType":"timeseries","dataSource":"netflow","granularity":"fifteen_minute","intervals":["2024-03-09/2024-03-10"],
         "filter":{"type":"selector","dimension":"site","value":"{{{site}}}"}}
        """);

    /// <summary>Two sites, three hosts each; nothing of the lab from 12 to 14 on the last day.</summary>
    private static string Csv()
    {
        var (random, csv) = (new Random(3), new StringBuilder("timestamp,site,host,in_octets\n"));
        for (var row = 0; row < Days * PerDay; row++)
        {
            var isOut = row / PerDay == Days - 1 && row % PerDay is >= 48 and < 56;
            var time = Start.AddMinutes(15 * row).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            var level = Math.Exp(2 + Math.Sin(2 * Math.PI * row / PerDay));
            foreach (var site in new[] { "lab", "office" })
            {
                for (var host = 0; host < 3; host++)
                {
                    var octets = isOut && site == "lab" ? 0 : 1e6 * level * (1 + 0.1 * random.NextDouble());
                    csv.Append(CultureInfo.InvariantCulture, $"{time},{site},{host},{octets:0}\n");
                }
            }
        }
        return csv.ToString();
    }
}
