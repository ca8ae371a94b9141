namespace TorchInit;

/// <summary>Whose error function is behind <c>erfinv_</c>, and so behind trunc_normal_ up to torch 2.11.</summary>
public enum ErfImplementation
{
    /// <summary>torch's own erfinv on glibc 2.40 or older (fdlibm's erff): builds without MKL, such as Debian 12's. Arm's too, but its libm
    /// has other last bits.</summary>
    Glibc,

    /// <summary>torch's own erfinv on glibc 2.41 or newer (a correctly rounded erff), such as Debian 13's.</summary>
    GlibcRounded,

    /// <summary>MKL's or another vendor's: official x86-64 wheels. Followed to a tolerance, by a correctly rounded erfinv.</summary>
    Vendor,
}
