using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace AiOutliers.Druid.Files;

/// <summary>
/// A function in the statements of a database that is computed here, for a chunk of rows at once. Its arguments are the vectors in which
/// the database has them: nothing is copied, and neither an object nor a text is made of a value.
/// </summary>
internal sealed unsafe class ChunkFunction
{
    private readonly ChunkWork _work;
    private readonly ColumnVector[] _arguments;

    private ChunkFunction(string name, ChunkWork work, int arguments) =>
        (Name, _work, _arguments) = (name, work, new ColumnVector[arguments]);

    public string Name { get; }

    /// <summary>What the work threw: the database ended the statement then.</summary>
    public Exception? Failure { get; private set; }

    /// <param name="connection">All connections to its database have the function.</param>
    /// <param name="name">Its name in statements.</param>
    /// <param name="arguments">The types of its arguments, which may be null.</param>
    /// <param name="isPure">Whether one call may stand for many rows with the same arguments, as those of a file's dictionary.</param>
    /// <param name="work">Computes it. No two threads may call it at the same time.</param>
    public static ChunkFunction Register(
        DuckDBConnection connection, string name, IReadOnlyList<DuckDBType> arguments, bool isPure, ChunkWork work)
    {
        var owner = new ChunkFunction(name, work, arguments.Count);
        var function = NativeMethods.ScalarFunction.DuckDBCreateScalarFunction();
        NativeMethods.ScalarFunction.DuckDBScalarFunctionSetName(function, name);
        foreach (var argument in arguments)
            WithType(argument, type => NativeMethods.ScalarFunction.DuckDBScalarFunctionAddParameter(function, type));
        WithType(DuckDBType.Integer, type => NativeMethods.ScalarFunction.DuckDBScalarFunctionSetReturnType(function, type));
        NativeMethods.ScalarFunction.DuckDBScalarFunctionSetSpecialHandling(function);
        if (!isPure)
            NativeMethods.ScalarFunction.DuckDBScalarFunctionSetVolatile(function);
        NativeMethods.ScalarFunction.DuckDBScalarFunctionSetExtraInfo(function, GCHandle.ToIntPtr(GCHandle.Alloc(owner)), &Free);
        NativeMethods.ScalarFunction.DuckDBScalarFunctionSetFunction(function, &Call);
        var state = NativeMethods.ScalarFunction.DuckDBRegisterScalarFunction(connection.NativeConnection, function);
        NativeMethods.ScalarFunction.DuckDBDestroyScalarFunction(ref function);
        return state == DuckDBState.Success
            ? owner
            : throw new InvalidOperationException($"The database does not take the function {name}");
    }

    private static void WithType(DuckDBType type, Action<DuckDBLogicalType> use)
    {
        using var logical = NativeMethods.LogicalType.DuckDBCreateLogicalType(type);
        use(logical);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(IntPtr owner) => GCHandle.FromIntPtr(owner).Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Call(IntPtr info, IntPtr chunk, IntPtr results)
    {
        var owner = (ChunkFunction)GCHandle.FromIntPtr(NativeMethods.ScalarFunction.DuckDBScalarFunctionGetExtraInfo(info)).Target!;
        try
        {
            using var rows = new DuckDBDataChunk(chunk);
            owner.Compute(rows, NativeMethods.Vectors.DuckDBVectorGetData(results));
        }
#pragma warning disable CA1031 // Nothing may be thrown through the database; who runs the statement throws it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            owner.Failure ??= error;
            NativeMethods.ScalarFunction.DuckDBScalarFunctionSetError(info, error.Message);
        }
    }

    private void Compute(DuckDBDataChunk chunk, void* results)
    {
        var rows = (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk);
        for (var at = 0; at < _arguments.Length; at++)
        {
            var vector = NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, at);
            _arguments[at] = ColumnVector.OfDatabase(
                NativeMethods.Vectors.DuckDBVectorGetData(vector), NativeMethods.Vectors.DuckDBVectorGetValidity(vector));
        }
        _work(_arguments, rows, new(results, rows));
    }
}
