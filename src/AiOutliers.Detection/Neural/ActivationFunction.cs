namespace AiOutliers.Detection.Neural;

/// <summary>The activation functions, as Keras defines them.</summary>
public enum ActivationFunction
{
    /// <summary>x</summary>
    Linear,

    /// <summary>max(x, 0)</summary>
    Relu,

    /// <summary>x for x &gt; 0, else eˣ − 1</summary>
    Elu,

    /// <summary>1.0507·x for x &gt; 0, else 1.0507·1.6733·(eˣ − 1) (Klambauer et al. 2017)</summary>
    Selu,

    /// <summary>x·Φ(x) with the exact normal distribution function (Hendrycks, Gimpel 2016)</summary>
    Gelu,

    /// <summary>tanh x</summary>
    Tanh,

    /// <summary>1 / (1 + e⁻ˣ)</summary>
    Sigmoid,

    /// <summary>eˣ / Σ eˣ over the last axis</summary>
    Softmax,
}
