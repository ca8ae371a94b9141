namespace TorchInit.Parity;

/// <summary>Why weights differ from a plan's draws. A cause is named only if the evidence fits it and no other.</summary>
public enum Cause
{
    /// <summary>Nothing deviates.</summary>
    None,

    /// <summary>The weights deviate, and no known cause fits.</summary>
    Unknown,

    /// <summary>A tensor is missing.</summary>
    MissingTensor,

    /// <summary>A tensor has another shape.</summary>
    Shape,

    /// <summary>The bits of another seed.</summary>
    Seed,

    /// <summary>The same draws in another order, or torch's values at other places of a tensor.</summary>
    Order,

    /// <summary>More or fewer words were drawn from the generator than torch draws.</summary>
    ExtraOrMissingDraws,

    /// <summary>Drawn in another dtype, then cast.</summary>
    DType,

    /// <summary>Normals drawn one by one for 16 or more elements, or in blocks for fewer.</summary>
    SizeRule,

    /// <summary>The bits of another platform.</summary>
    Platform,

    /// <summary>The bits of the CPU's other kernels.</summary>
    CpuMode,

    /// <summary>Bits that another platform and the CPU's other kernels have in common: those of unfused kernels, or of
    /// Windows.</summary>
    PlatformOrCpuMode,

    /// <summary>The bits of another torch version.</summary>
    Era,

    /// <summary>The bits of another device: of a GPU's generator, or of a CPU's.</summary>
    Device,

    /// <summary>The same draws, rounded differently: each element is within 64 ε of torch's.</summary>
    Rounding,

    /// <summary>Scaled by the other fan.</summary>
    TransposedFan,

    /// <summary>√2 too wide.</summary>
    GainRoot2,

    /// <summary>√3 too wide.</summary>
    GainRoot3,

    /// <summary>√6 too wide.</summary>
    GainRoot6,

    /// <summary>Scaled by another factor.</summary>
    Gain,

    /// <summary>Normals of the right standard deviation, where torch draws uniforms.</summary>
    NormalForUniform,

    /// <summary>Uniforms of the right standard deviation, where torch draws normals.</summary>
    UniformForNormal,

    /// <summary>Another initialiser's law: one of torch.nn.init's, or another framework's documented default.</summary>
    OtherInitialiser,

    /// <summary>Zeros where torch draws: all of a tensor, or some rows.</summary>
    Zeros,

    /// <summary>A constant where torch draws: all of a tensor, or some rows.</summary>
    Constant,

    /// <summary>Two tensors, or parts of them, have the same values, which torch draws separately.</summary>
    Copied,

    /// <summary>NaN or infinite values.</summary>
    NotFinite,

    /// <summary>Only what is not drawn deviates: scales, zeros or running statistics, after training or use. The draws may still
    /// be torch's.</summary>
    NotDrawn,

    /// <summary>A matrix of torch's values, transposed.</summary>
    Transposed,

    /// <summary>Torch's values, rounded to another dtype.</summary>
    Rounded,

    /// <summary>Torch's values, changed by training.</summary>
    Trained,

    /// <summary>Torch's values or law, each row (or column, or channel) times a factor of its own.</summary>
    RowScale,

    /// <summary>Torch's values or law, shifted by a number.</summary>
    Shifted,

    /// <summary>Torch's values or law, with zeros in between, as pruning leaves them.</summary>
    Pruned,

    /// <summary>Torch's bits, but for a few elements that were changed after the draw, or not set where torch sets them.</summary>
    Changed,
}
