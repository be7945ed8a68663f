using System.Buffers;
using System.Numerics.Tensors;
using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Deep;

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
                $"the network takes {network.Input} and gives {network.Output}; "
                + $"window_size × num_windows and the columns of the .ini ask for {needed} in and out");
        }
        var unknown = profile.Calendar.FirstOrDefault(static column => !IsKnown(column));
        if (unknown is not null)
        {
            throw new AiOutliersException(
                ErrorKind.UnusableModel, $"the calendar column '{unknown}' is not known; minute and weekday_0 to weekday_6 are");
        }
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
                $"the model needs at least {Profile.SliceRows} rows but {table.Rows} came; "
                + "ask for a longer interval or a finer granularity");
        }
        var input = FeatureMatrix.Build(table, Profile);
        var slices = SlicesOf(table.Rows);
        var result = new Reconstruction(Profile.Columns, input, new float[input.Length], new float[input.Length]);
        var rows = new bool[table.Rows];
        Array.Fill(rows, true);
        Run(result, input, slices, slices.All(), rows);
        return result;
    }

    /// <summary>
    /// What the network makes of the series when it does not see the metrics of some rows: it gets the line from the row before them to
    /// the row after them, in rescaled units. Losses are those of what was there. Only the slices that hold such a row are run again.
    /// </summary>
    /// <param name="seen">A reconstruction of the series.</param>
    /// <param name="hidden">One per row.</param>
    internal Reconstruction ReconstructWithout(Reconstruction seen, ReadOnlySpan<bool> hidden)
    {
        var slices = SlicesOf(hidden.Length);
        var changed = slices.RowsOf(slices.Holding(hidden));
        var result = seen with { Output = [.. seen.Output], Loss = [.. seen.Loss] };
        float[] input = [.. seen.Input];
        HiddenRows.Bridge(input, Profile.Columns, Profile.Metrics, hidden);
        Run(result, input, slices, slices.Holding(changed), changed);
        return result;
    }

    private Slices SlicesOf(int rows) => new(rows, Profile.SliceRows, Profile.WindowSize);

    /// <summary>Runs the network and writes output and loss of some rows.</summary>
    private void Run(Reconstruction result, float[] seen, Slices slices, int[] which, bool[] rows)
    {
        var width = Profile.Columns;
        var size = which.Length * slices.Length * width;
        var (examples, predictions) = (ArrayPool<float>.Shared.Rent(size), ArrayPool<float>.Shared.Rent(size));
        try
        {
            var (before, after) = (examples.AsMemory(0, size), predictions.AsMemory(0, size));
            slices.Gather(seen, width, which, before.Span);
            Network.Predict(before.Span, after.Span);
            slices.Average(after.Span, width, which, rows, result.Output);
            if (seen != result.Input)
                slices.Gather(result.Input, width, which, before.Span);
            TensorPrimitives.Subtract(before.Span, after.Span, before.Span);
            TensorPrimitives.Abs(before.Span, before.Span);
            slices.Average(before.Span, width, which, rows, result.Loss);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(examples);
            ArrayPool<float>.Shared.Return(predictions);
        }
    }

    private static bool IsKnown(string column) =>
        column is "minute" or "weekday_0" or "weekday_1" or "weekday_2" or "weekday_3" or "weekday_4" or "weekday_5" or "weekday_6";
}
