namespace AiOutliers.Detection.Neural.Training;

/// <summary>One training of a network: what it works on, allocated once, and its epochs.</summary>
internal sealed class TrainingRun
{
    private readonly Network _network;
    private readonly TrainingOptions _options;
    private readonly ReadOnlyMemory<float> _training;
    private readonly ReadOnlyMemory<float> _validation;
    private readonly int _validationExamples;
    private readonly int[] _order;
    private readonly GradientPass _pass;
    private readonly AdamOptimizer _optimizer;
    private long _step;

    public TrainingRun(
        Network network, TrainingOptions options, ReadOnlyMemory<float> training,
        int examples, ReadOnlyMemory<float> validation, int validationExamples)
    {
        (_network, _options, _training, _validation, _validationExamples) = (network, options, training, validation, validationExamples);
        _order = [.. Enumerable.Range(0, examples)];
        _pass = new(network, Math.Min(options.BatchSize, Math.Max(examples, validationExamples)), options.Loss, options.Threads);
        _optimizer = new(options.Optimizer, _pass.Gradients);
    }

    public EpochReport Epoch(int epoch)
    {
        if (_options.Shuffle)
            Shuffle(epoch);
        var loss = 0.0;
        for (var start = 0; start < _order.Length && double.IsFinite(loss); start += _pass.Capacity)
        {
            var batch = Math.Min(_pass.Capacity, _order.Length - start);
            loss += Step(start, batch) * batch;
        }
        return new(epoch, _options.Epochs, loss / _order.Length, _validationExamples > 0 ? Validate() : null);
    }

    /// <returns>The mean loss of the batch before the step.</returns>
    private double Step(int start, int batch)
    {
        var examples = _pass.Examples(batch);
        var size = _network.Input.Size;
        for (var i = 0; i < batch; i++)
            _training.Span.Slice(_order[start + i] * size, size).CopyTo(examples[(i * size)..]);
        var loss = _pass.Train(examples, batch, RandomStream.Key(_options.Seed, (ulong)_step));
        _optimizer.Step(LearningRate());
        _pass.UpdateStatistics();
        _step++;
        return loss;
    }

    private double LearningRate()
    {
        var rate = _options.Optimizer.LearningRate;
        if (_options.Schedule == LearningRateSchedule.Constant)
            return rate;
        var stepsPerEpoch = (_order.Length + _pass.Capacity - 1) / _pass.Capacity;
        return rate * 0.5 * (1 + Math.Cos(Math.PI * _step / ((double)_options.Epochs * stepsPerEpoch)));
    }

    private double Validate()
    {
        var size = _network.Input.Size;
        var sum = 0.0;
        for (var start = 0; start < _validationExamples; start += _pass.Capacity)
        {
            var batch = Math.Min(_pass.Capacity, _validationExamples - start);
            var examples = _pass.Examples(batch);
            _validation.Span.Slice(start * size, batch * size).CopyTo(examples);
            sum += _pass.Evaluate(examples, batch);
        }
        return sum / _validation.Length;
    }

    /// <summary>Fisher and Yates, with a stream of its own for each epoch.</summary>
    private void Shuffle(int epoch)
    {
        var random = new RandomStream(RandomStream.Key(RandomStream.Key(_options.Seed, ulong.MaxValue), (ulong)epoch));
        for (var i = _order.Length - 1; i > 0; i--)
        {
            var j = random.NextInt(i + 1);
            (_order[i], _order[j]) = (_order[j], _order[i]);
        }
    }
}
