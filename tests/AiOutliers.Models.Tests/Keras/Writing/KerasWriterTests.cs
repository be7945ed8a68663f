using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiOutliers.Detection;
using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Neural.Layers;
using AiOutliers.Models.Keras;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Models.Tests.Keras.Writing;

public sealed class KerasWriterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Archives =>
        [.. Directory.GetFiles(Golden.Path("keras"), "*.keras").Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> LegacyFiles => ["k2_sequential_lstm", "k2_traffic_float32"];

    [Theory]
    [MemberData(nameof(Archives))]
    public void Update_GoldenArchive_KeepsEverythingAsKerasWroteIt(string file)
    {
        var before = Read(file);

        var after = KerasWriter.Update(before, KerasFile.Read(before), Noon);

        Archive.Entry(after, "config.json").ShouldBe(Archive.Entry(before, "config.json"));
        Archive.Weights(after, values: true).ShouldBe(Archive.Weights(before, values: true));
        Archive.Names(after).ShouldBe(Archive.Names(before));
        var (old, saved) = (JsonNode.Parse(Archive.Entry(before, "metadata.json"))!, JsonNode.Parse(Archive.Entry(after, "metadata.json"))!);
        saved["keras_version"]!.ToString().ShouldBe(old["keras_version"]!.ToString());
        saved["date_saved"]!.ToString().ShouldBe("2026-11-20@12:00:00");
    }

    [Theory]
    [MemberData(nameof(Archives))]
    public void Update_OtherWeights_AreReadBackToTheLastBit(string file)
    {
        var before = Read(file);
        var network = Networks.Fill(KerasFile.Read(before), seed: 3);

        var after = KerasWriter.Update(before, network, Noon);

        SameWeights(KerasFile.Read(after), network);
        Archive.Weights(after, values: false).ShouldBe(Archive.Weights(before, values: false));
    }

    [Fact]
    public void Update_SameLayersInAnotherOrder_GivesEachItsOwnWeights()
    {
        var before = KerasWriter.Create(Networks.EveryLayer(seed: 1, convolution: true), "m", KerasLayout.Keras2, Noon);
        var network = Networks.EveryLayer(seed: 2, convolution: true);
        var examples = Networks.Examples(network, 3, seed: 3);

        var after = KerasWriter.Update(before, network, Noon);

        Networks.Predict(KerasFile.Read(after), examples).ShouldBe(Networks.Predict(network, examples));
    }

    [Theory]
    [MemberData(nameof(Archives))]
    public void Update_Twice_GivesTheSameBytes(string file)
    {
        var before = Read(file);
        KerasWriter.Update(before, KerasFile.Read(before), Noon).AsSpan().SequenceEqual(KerasWriter.Update(before, KerasFile.Read(before), Noon)).ShouldBeTrue();
    }

    [Fact]
    public void Update_OtherMembers_AreCarriedOver()
    {
        using var stream = new MemoryStream();
        stream.Write(Read("k2_dense.keras"));
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            using var asset = archive.CreateEntry("assets/layers/dense/words.txt").Open();
            asset.Write("words"u8);
        }

        var after = KerasWriter.Update(stream.ToArray(), KerasFile.Read(stream.ToArray()), Noon);

        Archive.Entry(after, "assets/layers/dense/words.txt").ShouldBe("words"u8.ToArray());
    }

    [Fact]
    public void Update_OtherNetwork_IsRefused() =>
        Should.Throw<AiOutliersException>(() => KerasWriter.Update(Read("k2_dense.keras"), Networks.Traffic(seed: 1), Noon)).Kind.ShouldBe(ErrorKind.UnusableModel);

    [Theory]
    [MemberData(nameof(LegacyFiles))]
    public void Update_LegacyHdf5_BecomesAnArchiveLikeKerasOwn(string name)
    {
        var legacy = Read(name + ".h5");
        var golden = Read(name + ".keras");

        var archive = KerasWriter.Update(legacy, KerasFile.Read(legacy), Noon);

        ShouldBeTheSame(Archive.Config(archive), Archive.Config(golden));
        Archive.Weights(archive, values: true).ShouldBe(Archive.Weights(golden, values: true));
        KerasFile.LayoutOf(legacy).ShouldBeNull();
        KerasFile.LayoutOf(archive).ShouldBe(KerasLayout.Keras2);
    }

    [Fact]
    public void Create_Keras2_EqualsTheGoldenOfTheSameArchitecture()
    {
        var golden = Read("k2_traffic_float32.keras");

        var archive = KerasWriter.Create(WithActivityL2OfTheEncoder(Networks.Traffic(seed: 1)), "TrafficAutoencoder", KerasLayout.Keras2, Noon);

        ShouldBeTheSame(Archive.Config(archive), Archive.Config(golden));
        Archive.Weights(archive, values: false).ShouldBe(Archive.Weights(golden, values: false));
        Archive.Names(archive).ShouldBe(Archive.Names(golden));
    }

    [Fact]
    public void Create_Keras3_HasTheGroupsAndAttributesOfTheGolden() =>
        Archive.Weights(KerasWriter.Create(Networks.Traffic(seed: 1), "TrafficAutoencoder", KerasLayout.Keras3, Noon), values: false)
            .ShouldBe(Archive.Weights(Read("k3_traffic_float32.keras"), values: false));

    [Theory]
    [InlineData(KerasLayout.Keras2)]
    [InlineData(KerasLayout.Keras3)]
    public void Create_EveryLayer_IsReadBackWithItsOptionsAndWeights(KerasLayout layout)
    {
        var network = Networks.EveryLayer(seed: 2, convolution: true);
        var examples = Networks.Examples(network, 5, seed: 4);

        var archive = KerasWriter.Create(network, "every layer", layout, Noon);

        var again = KerasFile.Read(archive);
        KerasFile.LayoutOf(archive).ShouldBe(layout);
        Networks.Predict(again, examples).ShouldBe(Networks.Predict(network, examples));
        // Another order of the layers, but every one with its own weights.
        var byName = again.Nodes.ToDictionary(static node => node.Layer.Name, static node => node.Layer);
        foreach (var layer in network.Nodes.Select(static node => node.Layer))
            byName[layer.Name].Parameters.Select(static parameter => parameter.Values).ShouldBe(layer.Parameters.Select(static parameter => parameter.Values));
        ((DropoutLayer)byName["drop"]).Rate.ShouldBe(0.25);
        ((GaussianNoiseLayer)byName["noise"]).Deviation.ShouldBe(0.1);
        ((BatchNormalizationLayer)byName["batch_norm"]).Momentum.ShouldBe(0.9f);
    }

    [Theory]
    [InlineData(KerasLayout.Keras2)]
    [InlineData(KerasLayout.Keras3)]
    public void Create_StridedConvolution_IsReadBack(KerasLayout layout)
    {
        var builder = new NetworkBuilder(new(9, 2));
        builder.Add(new Conv1DLayer("conv", 3, 2, ConvolutionPadding.Same, stride: 2, activation: ActivationFunction.Tanh, useBias: false), NetworkBuilder.Input);
        var network = Networks.Fill(builder.Build(), seed: 1);
        var examples = Networks.Examples(network, 4, seed: 2);

        Networks.Predict(KerasFile.Read(KerasWriter.Create(network, "m", layout, Noon)), examples).ShouldBe(Networks.Predict(network, examples));
    }

    [Fact]
    public void Create_Penalties_AreWrittenAsKerasNamesThem()
    {
        var network = Networks.Traffic(seed: 1);
        var layers = network.Nodes.ToDictionary(static node => node.Layer.Name, static node => node.Layer);
        layers["start"].Regularizers = new Dictionary<string, Regularizer> { ["kernel"] = new(1, 0), ["bias"] = new(1, 2) };
        layers["enc"].Regularizers = new Dictionary<string, Regularizer> { ["recurrent_kernel"] = new(0, 2) };
        var archive = KerasWriter.Create(network, "m", KerasLayout.Keras2, Noon);

        Written("start", "kernel").ShouldBe("""L1 {"l1":1}""");
        Written("start", "bias").ShouldBe("""L1L2 {"l1":1,"l2":2}""");
        Written("enc", "recurrent").ShouldBe("""L2 {"l2":2}""");
        Written("enc", "kernel").ShouldBeNull();

        string? Written(string layer, string parameter) =>
            Layer(Archive.Config(archive), layer)["config"]![$"{parameter}_regularizer"] is { } found ? $"{found["class_name"]} {found["config"]!.ToJsonString()}" : null;
    }

    [Fact]
    public void Create_LayerThatLeadsNowhere_IsRefused()
    {
        var builder = new NetworkBuilder(new(3));
        var used = builder.Add(new DenseLayer("used", 2), NetworkBuilder.Input);
        builder.Add(new DenseLayer("lost", 2), used);

        Should.Throw<ArgumentException>(() => KerasWriter.Create(builder.Build(used), "m", KerasLayout.Keras2, Noon)).Message.ShouldContain("'lost'");
    }

    [Fact]
    public void Create_NameThatIsNoScope_IsMadeOne() =>
        Archive.Config(KerasWriter.Create(Networks.Traffic(seed: 1), "_sensor ä/1", KerasLayout.Keras2, Noon))["config"]!["name"]!.ToString().ShouldBe("msensor___1");

    [Theory]
    [MemberData(nameof(Archives))]
    public void Convert_ThereAndBack_KeepsWeightsAndWhatTheModelComputes(string file)
    {
        var before = Read(file);
        var own = KerasFile.LayoutOf(before)!.Value;
        var other = own == KerasLayout.Keras2 ? KerasLayout.Keras3 : KerasLayout.Keras2;
        var network = KerasFile.Read(before);

        var there = KerasWriter.Convert(before, other, Noon);
        var back = KerasWriter.Convert(there, own, Noon);

        KerasFile.LayoutOf(there).ShouldBe(other);
        KerasFile.LayoutOf(back).ShouldBe(own);
        var examples = Networks.Examples(network, 3, seed: 5);
        foreach (var archive in new[] { there, back })
        {
            SameWeights(KerasFile.Read(archive), network);
            Networks.Predict(KerasFile.Read(archive), examples).ShouldBe(Networks.Predict(network, examples));
        }
        Archive.Weights(back, values: true).ShouldBe(Archive.Weights(before, values: true).Where(static line => !line.StartsWith("/optimizer", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("k2_traffic_float32.keras")]
    [InlineData("k2_traffic_mixed_float16.keras")]
    [InlineData("k2_sequential_lstm.keras")]
    [InlineData("k2_dense.keras")]
    [InlineData("k2_gru_conv.keras")]
    public void Convert_Keras2ThereAndBack_GivesTheSameConfiguration(string file)
    {
        var before = Read(file);
        var back = Archive.Config(KerasWriter.Convert(KerasWriter.Convert(before, KerasLayout.Keras3, Noon), KerasLayout.Keras2, Noon));
        // Keras 2 writes the axis of a batch normalization as a list and reads it either way.
        foreach (var layer in back["config"]!["layers"]!.AsArray().Where(static layer => layer!["class_name"]!.ToString() == "BatchNormalization"))
            layer!["config"]!["axis"] = new JsonArray(layer["config"]!["axis"]!.DeepClone());

        ShouldBeTheSame(back, Archive.Config(before));
    }

    [Fact]
    public void Convert_Keras3Golden_HasOnlyOptionsThatKeras2Has()
    {
        var converted = Archive.Config(KerasWriter.Convert(Read("k3_traffic_float32.keras"), KerasLayout.Keras2, Noon));
        var golden = Archive.Config(Read("k2_traffic_float32.keras"));
        foreach (var layer in golden["config"]!["layers"]!.AsArray())
        {
            var name = layer!["name"]!.ToString();
            Keys(Layer(converted, name)).ShouldBeSubsetOf(Keys(layer), name);
            // Keras 3 leaves this one out where a layer has none.
            var expected = Keys(layer["config"]!).Where(key => key != "activity_regularizer" || Layer(converted, name)["config"]!.AsObject().ContainsKey(key));
            Keys(Layer(converted, name)["config"]!).ShouldBe(expected, ignoreOrder: true, name);
            JsonNode.DeepEquals(Layer(converted, name)["inbound_nodes"], layer["inbound_nodes"]).ShouldBeTrue(name);
        }

        static string[] Keys(JsonNode node) => [.. node.AsObject().Select(static member => member.Key)];
    }

    [Fact]
    public void Convert_SequentialWithoutInputLayer_GetsOne()
    {
        var before = Archive.WithConfig(Read("k2_sequential_lstm.keras"), static config =>
        {
            var layers = config["config"]!["layers"]!.AsArray();
            layers[1]!["config"]!["batch_input_shape"] = layers[0]!["config"]!["batch_input_shape"]!.DeepClone();
            layers.RemoveAt(0);
        });
        var network = KerasFile.Read(before);

        var after = KerasWriter.Convert(before, KerasLayout.Keras3, Noon);

        var first = Archive.Config(after)["config"]!["layers"]![0]!;
        (first["class_name"]!.ToString(), first["config"]!["batch_shape"]!.ToJsonString()).ShouldBe(("InputLayer", "[null,12,2]"));
        Layer(Archive.Config(after), "lstm_a")["config"]!.AsObject().ContainsKey("batch_input_shape").ShouldBeFalse();
        SameWeights(KerasFile.Read(after), network);
    }

    [Fact]
    public void Convert_SameLayout_LeavesTheFileAsItIs()
    {
        var before = Read("k2_dense.keras");
        KerasWriter.Convert(before, KerasLayout.Keras2, Noon).ShouldBeSameAs(before);
    }

    internal static Network WithActivityL2OfTheEncoder(Network network)
    {
        network.Nodes.Single(static node => node.Layer.Name == "enc").Layer.ActivityRegularizer = new(0, 1e-3f);
        return network;
    }

    private static byte[] Read(string file) => File.ReadAllBytes(Golden.Path($"keras/{file}"));

    private static JsonNode Layer(JsonNode config, string name) => config["config"]!["layers"]!.AsArray().Single(layer => layer!["config"]!["name"]!.ToString() == name)!;

    private static void SameWeights(Network actual, Network expected)
    {
        foreach (var ((layer, parameter), (_, other)) in Networks.Parameters(actual).Zip(Networks.Parameters(expected)))
            parameter.Values.AsSpan().SequenceEqual(other.Values).ShouldBeTrue($"{layer}: {parameter.Name}");
        Networks.Parameters(actual).Count().ShouldBe(Networks.Parameters(expected).Count());
    }

    private static void ShouldBeTheSame(JsonNode actual, JsonNode expected)
    {
        var indented = new JsonSerializerOptions { WriteIndented = true };
        // How a model was compiled is not a part of what it computes.
        expected.AsObject().Remove("compile_config");
        var (left, right) = (Archive.WithoutObjectIds(actual), Archive.WithoutObjectIds(expected));
        if (!JsonNode.DeepEquals(left, right))
            left.ToJsonString(indented).ShouldBe(right.ToJsonString(indented));
    }
}
