using System.Buffers;
using System.Numerics.Tensors;
using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Autoencoder;

/// <summary>A network with what it needs to be run on a series: slicing, scaling, reassembly.</summary>
public sealed class Autoencoder
{
    /// <exception cref="AiOutliersException">Network and profile do not fit each other, or the profile names unknown columns.</exception>
    public Autoencoder(Network network, AutoencoderProfile profile)
    {
        var needed = new Shape(profile.SliceRows, profile.Columns);
        if (!network.Input.SameAs(needed) || !network.Output.SameAs(needed))
        {
            throw new AiOutliersException(ErrorKind.UnusableModel,
                $"the network takes {network.Input} and gives {network.Output}; window_size × num_windows and the columns of the .ini ask for {needed} in and out");
        }
        var unknown = profile.Calendar.FirstOrDefault(static column => column is not ("minute" or "weekday_0" or "weekday_1" or "weekday_2" or "weekday_3" or "weekday_4" or "weekday_5" or "weekday_6"));
        if (unknown is not null)
            throw new AiOutliersException(ErrorKind.UnusableModel, $"the calendar column '{unknown}' is not known; minute and weekday_0 to weekday_6 are");
        (Network, Profile) = (network, profile);
    }

    public Network Network { get; }

    public AutoencoderProfile Profile { get; }

    /// <exception cref="AiOutliersException">Too few rows, or metrics are missing.</exception>
    internal Reconstruction Reconstruct(MetricTable table)
    {
        if (table.Rows < Profile.SliceRows)
        {
            throw new AiOutliersException(ErrorKind.BadInput,
                $"the model needs at least {Profile.SliceRows} rows but {table.Rows} came; ask for a longer interval or a finer granularity");
        }
        var input = FeatureMatrix.Build(table, Profile);
        var width = Profile.Columns;
        var slices = new Slices(table.Rows, Profile.SliceRows, Profile.WindowSize);
        var size = slices.Count * slices.Length * width;
        var (examples, predictions) = (ArrayPool<float>.Shared.Rent(size), ArrayPool<float>.Shared.Rent(size));
        try
        {
            var (before, after) = (examples.AsMemory(0, size), predictions.AsMemory(0, size));
            slices.Gather(input, width, before.Span);
            Network.Predict(before.Span, after.Span);
            var result = new Reconstruction(width, input, new float[input.Length], new float[input.Length]);
            slices.Average(after.Span, width, result.Output);
            TensorPrimitives.Subtract(before.Span, after.Span, before.Span);
            TensorPrimitives.Abs(before.Span, before.Span);
            slices.Average(before.Span, width, result.Loss);
            return result;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(examples);
            ArrayPool<float>.Shared.Return(predictions);
        }
    }
}
