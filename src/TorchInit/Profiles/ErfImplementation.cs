namespace TorchInit;

/// <summary>Which error function <c>erfinv_</c> uses, and so trunc_normal_ up to torch 2.11.</summary>
public enum ErfImplementation
{
    /// <summary>torch's own erfinv on glibc 2.40 or older (fdlibm's erff): builds without MKL, such as Debian 12's. Also Arm builds,
    /// although Arm's libm differs in the last bits.</summary>
    Glibc,

    /// <summary>torch's own erfinv on glibc 2.41 or newer (a correctly rounded erff), such as Debian 13's build.</summary>
    GlibcRounded,

    /// <summary>MKL's or another vendor's: official x86-64 wheels. Matched within a tolerance, by a correctly rounded erfinv.</summary>
    Vendor,
}
