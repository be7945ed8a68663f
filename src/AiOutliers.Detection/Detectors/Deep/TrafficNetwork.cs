using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Neural.Layers;
using AiOutliers.Detection.Neural.Training;

namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>
/// The network of the traffic family from scratch: a slice is normalised, squeezed by an LSTM into one code, unrolled by another, and read
/// by one head each for the metrics, the granularity, the minute and the weekday; the metrics' head sees what the others say.
/// </summary>
public static class TrafficNetwork
{
    private static readonly string[] Weekdays = [.. Enumerable.Range(0, 7).Select(static day => $"weekday_{day}")];

    /// <param name="profile">
    /// Columns and slices. The metrics may end with granularity; the calendar may hold minute and then all seven weekdays.
    /// </param>
    /// <param name="options">Sizes and regularisation.</param>
    /// <param name="seed">Of the weights.</param>
    /// <exception cref="AiOutliersException">The columns are in another order.</exception>
    public static Network Build(AutoencoderProfile profile, TrafficNetworkOptions options, ulong seed)
    {
        var (metrics, granularity, minute, weekdays) = Heads(profile);
        var builder = new NetworkBuilder(new(profile.SliceRows, profile.Columns));
        var code = Encode(builder, options);
        var steps = Decode(builder, code, profile.SliceRows, options);
        var kept = builder.Add(new DropoutLayer("drop_out", options.Dropout), steps);
        var minuteHead = minute ? builder.Add(new DenseLayer("minute", 1, ActivationFunction.Sigmoid), steps) : steps;
        var weekdayHead = weekdays ? builder.Add(new DenseLayer("weekday", Weekdays.Length, ActivationFunction.Softmax), steps) : steps;
        var granularityHead = granularity ? builder.Add(new DenseLayer("granularity", 1, ActivationFunction.Sigmoid), steps) : steps;
        var seen = Joined(builder, "pre_metric", kept, minuteHead, weekdayHead, granularityHead);
        var metricHead = builder.Add(new DenseLayer("metrics", metrics, ActivationFunction.Sigmoid), seen);
        Joined(builder, "end", metricHead, granularityHead, minuteHead, weekdayHead);
        var network = builder.Build();
        WeightInitializer.Apply(network, seed);
        return network;

        // A head that is not there has the index of what it would have read.
        int Joined(NetworkBuilder target, string name, int first, params int[] heads)
        {
            int[] inputs = [first, .. heads.Where(head => head != steps)];
            return inputs.Length == 1 ? first : target.Add(new ConcatenateLayer(name), inputs);
        }
    }

    private static int Encode(NetworkBuilder builder, TrafficNetworkOptions options)
    {
        var last = builder.Add(new BatchNormalizationLayer("norm_in"), NetworkBuilder.Input);
        last = builder.Add(new DenseLayer("start", options.Units, ActivationFunction.Gelu), last);
        last = builder.Add(new DropoutLayer("drop_in", options.Dropout), last);
        last = builder.Add(new DenseLayer("enc_dense", options.Units, ActivationFunction.Gelu), last);
        last = builder.Add(new LayerNormalizationLayer("enc_norm"), last);
        return builder.Add(new LstmLayer("enc", options.Units) { ActivityRegularizer = new(0, (float)options.ActivityL2) }, last);
    }

    private static int Decode(NetworkBuilder builder, int code, int rows, TrafficNetworkOptions options)
    {
        var last = builder.Add(new LayerNormalizationLayer("dec_norm"), code);
        last = builder.Add(new GaussianNoiseLayer("noise", options.Noise), last);
        last = builder.Add(new RepeatVectorLayer("repeat", rows), last);
        last = builder.Add(new LstmLayer("dec", options.Units, returnSequences: true), last);
        return builder.Add(new DenseLayer("dec_dense", options.Units, ActivationFunction.Gelu), last);
    }

    private static (int Metrics, bool Granularity, bool Minute, bool Weekdays) Heads(AutoencoderProfile profile)
    {
        var granularity = profile.Metrics[^1] == FeatureMatrix.Granularity;
        var metrics = profile.Metrics.Count - (granularity ? 1 : 0);
        var minute = profile.Calendar.Count > 0 && profile.Calendar[0] == "minute";
        var rest = profile.Calendar.Skip(minute ? 1 : 0).ToArray();
        if (metrics == 0 || profile.Metrics.Take(metrics).Contains(FeatureMatrix.Granularity)
            || rest.Length > 0 && !rest.SequenceEqual(Weekdays))
        {
            throw new AiOutliersException(ErrorKind.BadConfiguration,
                "a new model needs at least one metric besides granularity, granularity (if any) last of the metrics, "
                + "and of the calendar minute, all seven weekdays in order, or both");
        }
        return (metrics, granularity, minute, rest.Length > 0);
    }
}
