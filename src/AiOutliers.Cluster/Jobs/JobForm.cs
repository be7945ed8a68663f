using System.Reflection;
using System.Text.Json;
using AiOutliers.Models;
using Hangfire.Common;

namespace AiOutliers.Cluster.Jobs;

/// <summary>
/// The one form of a job that is run: <see cref="TrainingRunner.RunAsync"/> with a model and perhaps a sensor. The texts of Redis are compared with
/// it; no type, no method and no argument is made from them.
/// </summary>
internal static class JobForm
{
    /// <summary>Characters of one field of a job; ours have some hundred.</summary>
    public const int LongestField = 8192;

    private const int LongestSensor = 1000;

    private static readonly MethodInfo Method = typeof(TrainingRunner).GetMethod(nameof(TrainingRunner.RunAsync))!;

    private static readonly ParameterInfo[] Parameters = Method.GetParameters();

    /// <exception cref="RefusedJobException">It is any other job; the message says what differs.</exception>
    public static Job Read(string? type, string? method, string? parameterTypes, string? arguments)
    {
        if (!KnownTypes.Is(type, typeof(TrainingRunner)))
            throw new RefusedJobException($"the type '{PrintableText.Of(type)}' is not a job");
        if (method != Method.Name)
            throw new RefusedJobException($"the method '{PrintableText.Of(method)}' is not a job");
        var types = Texts(parameterTypes, "parameter types");
        if (types.Length != Parameters.Length || types.Zip(Parameters).Any(static pair => !KnownTypes.Is(pair.First, pair.Second.ParameterType)))
            throw new RefusedJobException("the parameter types are not those of the job");
        // The last two are given by the worker.
        if (Texts(arguments, "arguments") is not [{ } model, var sensor, null, null] || !ModelName.IsUsable(Text(model)))
            throw new RefusedJobException("the arguments are not a model and a sensor");
        return new(typeof(TrainingRunner), Method, [Text(model), sensor is null ? null : Sensor(Text(sensor)), null, CancellationToken.None]);
    }

    private static string Sensor(string sensor) =>
        sensor.Length <= LongestSensor ? sensor : throw new RefusedJobException($"the sensor has more than {LongestSensor} characters");

    private static string?[] Texts(string? json, string what) => Parse<string?[]>(json, $"the {what} are not a list of texts");

    private static string Text(string json) => Parse<string>(json, "an argument is not a text");

    private static T Parse<T>(string? json, string failure)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json ?? "") ?? throw new RefusedJobException(failure);
        }
        catch (JsonException)
        {
            throw new RefusedJobException(failure);
        }
    }
}
