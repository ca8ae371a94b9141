namespace TorchInit;

/// <summary>The operating system and processor that the followed torch runs on; with the same seed they differ in the last bits.</summary>
public enum TorchPlatform
{
    /// <summary>Linux on x86-64, glibc.</summary>
    LinuxX64,

    /// <summary>Windows on x86-64, Microsoft's UCRT: no fused multiply-add except in the last step of AVX2 normals.</summary>
    WindowsX64,

    /// <summary>Linux on 64-bit Arm, glibc: fused everywhere, float32 normals by libm.</summary>
    LinuxArm64,

    /// <summary>macOS on 64-bit Arm, Apple's libm. Read, not run: its machine code fuses like Linux on Arm; up to 2.1 its compiler did not
    /// fuse.</summary>
    MacOSArm64,
}
