using System.Text.Json.Serialization;

namespace TorchInit;

/// <summary>One fill of one tensor or view. Its arguments are the doubles that PyTorch computes; they are rounded to the dtype when the
/// step runs.</summary>
/// <param name="Target">What is filled.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "op")]
[JsonDerivedType(typeof(UniformStep), "uniform")]
[JsonDerivedType(typeof(NormalStep), "normal")]
[JsonDerivedType(typeof(TruncNormalStep), "trunc_normal")]
[JsonDerivedType(typeof(OrthogonalStep), "orthogonal")]
[JsonDerivedType(typeof(SparseStep), "sparse")]
[JsonDerivedType(typeof(RandPermStep), "randperm")]
[JsonDerivedType(typeof(FillStep), "fill")]
[JsonDerivedType(typeof(DataStep), "data")]
[JsonDerivedType(typeof(EyeStep), "eye")]
[JsonDerivedType(typeof(DiracStep), "dirac")]
[JsonDerivedType(typeof(CopyStep), "copy")]
[JsonDerivedType(typeof(NormExceptStep), "norm_except")]
[JsonDerivedType(typeof(WeightNormStep), "weight_norm")]
[JsonDerivedType(typeof(NormalizeStep), "normalize")]
[JsonDerivedType(typeof(PowerIterationStep), "power_iteration")]
[JsonDerivedType(typeof(SpectralScaleStep), "spectral_scale")]
[JsonDerivedType(typeof(RandomStep), "random")]
[JsonDerivedType(typeof(ExponentialStep), "exponential")]
[JsonDerivedType(typeof(LogNormalStep), "log_normal")]
[JsonDerivedType(typeof(CauchyStep), "cauchy")]
[JsonDerivedType(typeof(GeometricStep), "geometric")]
[JsonDerivedType(typeof(BernoulliStep), "bernoulli")]
[JsonDerivedType(typeof(BernoulliTensorStep), "bernoulli_tensor")]
[JsonDerivedType(typeof(DropoutStep), "dropout")]
[JsonDerivedType(typeof(MultinomialStep), "multinomial")]
[JsonDerivedType(typeof(SampleStep), "sample")]
[JsonDerivedType(typeof(SequenceStep), "sequence")]
[JsonDerivedType(typeof(ScalarStep), "scalar")]
[JsonDerivedType(typeof(UnaryStep), "unary")]
[JsonDerivedType(typeof(ClampStep), "clamp")]
[JsonDerivedType(typeof(CombineStep), "combine")]
[JsonDerivedType(typeof(CheckStdStep), "check_std")]
[JsonDerivedType(typeof(ConvertStep), "convert")]
[JsonDerivedType(typeof(CompareStep), "compare")]
[JsonDerivedType(typeof(CompareTensorsStep), "compare_tensors")]
[JsonDerivedType(typeof(WhereStep), "where")]
[JsonDerivedType(typeof(IndexStep), "index")]
[JsonDerivedType(typeof(IndexPutStep), "index_put")]
public abstract record InitStep(StepTarget Target)
{
    /// <summary>The tensors whose values the result depends on, including the target if the step works in place.</summary>
    internal virtual IEnumerable<string> Reads => [];

    /// <summary>The tensors that the step changes.</summary>
    internal virtual IEnumerable<string> Writes => [Target.Tensor];

    /// <summary>The target whose values the step copies, element by element; null if it computes new ones.</summary>
    internal virtual StepTarget? Copied => null;

    /// <summary>Whether the result depends on the target's old values: then earlier steps matter even where this one covers them.</summary>
    internal bool IsInPlace => Reads.Contains(Target.Tensor);

    /// <summary>Whether the step draws nothing and throws nothing beyond <see cref="CheckDType"/>: then it can wait for draws that touch
    /// none of its tensors.</summary>
    internal virtual bool CanWait => FillBy(CpuFills.Instance) is { Rule.Draws: false };

    /// <summary>The step as a fill, if each element is made separately or in blocks; null if elements are made together.</summary>
    internal virtual ElementFill? FillBy(FillRules rules) => null;

    /// <summary>The 32-bit words of the CPU generator that the step takes, or how far it moves a GPU's offset; null where that depends on
    /// the values drawn (rejection sampling). <paramref name="cachedNormal"/>: whether the generator holds a cached normal sample, before
    /// and, on return, after the step.</summary>
    internal virtual long? Words(ViewLayout target, DType dtype, TorchProfile profile, ref bool cachedNormal)
        => FillBy(profile.Fills) is { } fill ? fill.Rule.Length(target.Extent, dtype, profile, ref cachedNormal) : 0;

    /// <summary><see cref="Words"/>, with an error of this library if the number overflows.</summary>
    /// <exception cref="OverflowException">The step takes 2⁶³ words or more.</exception>
    internal long? WordsOrThrow(ViewLayout target, DType dtype, TorchProfile profile, ref bool cachedNormal)
    {
        try { return Words(target, dtype, profile, ref cachedNormal); }
        catch (OverflowException error)
        {
            throw new OverflowException($"{this} takes more words of the generator than 2^63 − 1, the most that are counted.", error);
        }
    }

    /// <summary>Whether the step may take or leave a cached normal, so that only running it gives the generator state after it.</summary>
    internal virtual bool KeepsNormal(ViewLayout target, TorchProfile profile)
        => FillBy(profile.Fills) is { } fill && fill.Rule.KeepsNormal(target.Extent);

    /// <summary>Whether the step computes all its elements in separate memory before it writes them to the target.</summary>
    internal virtual bool HoldsCopy => false;

    /// <summary>Operations beyond one per element of the target: the cost that a small text can make large.</summary>
    /// <exception cref="ArgumentException">The step cannot run on a target of this size.</exception>
    internal virtual Int128 Operations(ReadOnlySpan<long> shape, Func<string, ParameterSpec> tensors) => 0;

    /// <summary>The step as a PyTorch user would write it, for example <c>uniform_(weight, -0.5, 0.5)</c>.</summary>
    public abstract override string ToString();

    /// <summary>Refuses a dtype, or arguments that do not fit it: everything that <see cref="Run"/> would throw before it changes
    /// anything.</summary>
    internal virtual void CheckDType<T>(TorchProfile profile)
        where T : unmanaged
        => FillBy(profile.Fills)?.Check<T>(profile);

    /// <summary>Changes the target, after <see cref="CheckDType"/>. A step that is a fill need not override it.</summary>
    internal virtual void Run<T>(TargetView<T> target, StepContext context)
        where T : unmanaged
        => throw new InvalidOperationException($"{GetType().Name} is not a fill and does not override Run.");

    /// <summary>The same step with its tensors renamed: every name that it reads or writes goes through <paramref name="name"/>.</summary>
    internal virtual InitStep Renamed(Func<string, string> name) => this with { Target = Target.Renamed(name) };

    /// <summary>Refuses arguments that do not fit a target of this shape; called when the plan is made, before anything is drawn.</summary>
    internal virtual void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors) { }
}
