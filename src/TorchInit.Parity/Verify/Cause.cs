namespace TorchInit.Parity;

/// <summary>Why weights are not what a plan draws; each is named only where the evidence fits it and no other.</summary>
public enum Cause
{
    /// <summary>Nothing deviates.</summary>
    None,

    /// <summary>They deviate, and no known cause fits.</summary>
    Unknown,

    /// <summary>A tensor is not there.</summary>
    MissingTensor,

    /// <summary>A tensor has another shape.</summary>
    Shape,

    /// <summary>The bits of another seed.</summary>
    Seed,

    /// <summary>The same draws in another order.</summary>
    Order,

    /// <summary>Words of the generator were taken that torch does not take, or left that it takes.</summary>
    ExtraOrMissingDraws,

    /// <summary>Drawn in another dtype, then cast.</summary>
    DType,

    /// <summary>Normals of 16 elements or more one by one, or of fewer by blocks.</summary>
    SizeRule,

    /// <summary>The bits of another platform.</summary>
    Platform,

    /// <summary>The bits of other kernels of the CPU.</summary>
    CpuMode,

    /// <summary>The bits of another platform and of other kernels of the CPU, which draw these alike: unfused kernels, or
    /// Windows.</summary>
    PlatformOrCpuMode,

    /// <summary>The bits of another torch.</summary>
    Era,

    /// <summary>The bits of another device: a GPU's generator, or a CPU's.</summary>
    Device,

    /// <summary>The same draws, other roundings: each element is within 64 ε of torch's.</summary>
    Rounding,

    /// <summary>The other fan divides.</summary>
    TransposedFan,

    /// <summary>√2 too wide.</summary>
    GainRoot2,

    /// <summary>√3 too wide.</summary>
    GainRoot3,

    /// <summary>√6 too wide.</summary>
    GainRoot6,

    /// <summary>Scaled by another factor.</summary>
    Gain,

    /// <summary>A normal of the right standard deviation.</summary>
    NormalForUniform,

    /// <summary>A uniform of the right standard deviation.</summary>
    UniformForNormal,

    /// <summary>Another initialiser's law: one of torch.nn.init's, or another framework's documented default.</summary>
    OtherInitialiser,

    /// <summary>Zeros where torch draws: all of a tensor, or some rows.</summary>
    Zeros,

    /// <summary>One value where torch draws: in all of a tensor, or in some rows.</summary>
    Constant,

    /// <summary>Two tensors are equal that torch draws one by one.</summary>
    Copied,

    /// <summary>NaN or infinite values.</summary>
    NotFinite,

    /// <summary>What deviates is not drawn: scales, zeros or running statistics that were trained or used. Nothing says that the draws are
    /// not torch's.</summary>
    NotDrawn,

    /// <summary>A matrix of torch's values, transposed.</summary>
    Transposed,

    /// <summary>Torch's values, rounded to another dtype.</summary>
    Rounded,

    /// <summary>Torch's values, moved by training.</summary>
    Trained,
}
