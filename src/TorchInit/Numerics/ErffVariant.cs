namespace TorchInit;

/// <summary>Which <c>erff</c> torch ran with; it decides the last bit of 5.5 % of trunc_normal_'s float32 values.</summary>
enum ErffVariant
{
    /// <summary>glibc up to 2.40: fdlibm's, <see cref="Libm.Erff"/>.</summary>
    Fdlibm,

    /// <summary>glibc from 2.41: <see cref="Libm.ErffRounded"/>.</summary>
    CorrectlyRounded,
}
