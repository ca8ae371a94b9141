namespace TorchInit;

/// <summary>Two uniforms to two float32 normals.</summary>
interface IBoxMuller
{
    /// <summary>(r·cos θ·std + mean, r·sin θ·std + mean) with r = √(−2 ln u₁) and θ = 2π·u₂.</summary>
    /// <param name="u1">(0, 1].</param>
    /// <param name="u2">[0, 1).</param>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation.</param>
    static abstract (float Cosine, float Sine) Transform(float u1, float u2, float mean, float std);
}
