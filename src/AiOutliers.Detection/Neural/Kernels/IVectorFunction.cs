using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Neural.Kernels;

/// <summary>A function of eight floats at once; a type of its own, so that loops over it are compiled with it inlined.</summary>
internal interface IVectorFunction
{
    static abstract Vector256<float> Invoke(Vector256<float> x);
}
