namespace TorchInit;

/// <summary>How torch draws on one kind of device: the stream of its generator, and the rules that turn it into fills. Each profile has
/// one.</summary>
abstract class FillRules
{
    /// <summary>Its name, with the numbers in which it differs from others of its kind.</summary>
    public abstract string Name { get; }

    /// <summary>The name of this device's kernels in torch's errors: <c>cpu</c> or <c>cuda</c>.</summary>
    public virtual string Suffix => "cpu";

    /// <summary>A stream in the state after <c>manual_seed</c>.</summary>
    public abstract RandomStream NewStream(ulong seed, TorchProfile profile);

    /// <summary>uniform_(from, to).</summary>
    public abstract FillRule Uniform { get; }

    /// <summary>normal_(mean, std).</summary>
    public abstract FillRule Normal { get; }

    /// <summary>A draw other than initialisation: the CPU's rule, or this device's version of it.</summary>
    /// <param name="name">torch's name of the draw.</param>
    /// <param name="rule">The CPU's rule.</param>
    /// <param name="a">The rule's first number.</param>
    /// <param name="b">The rule's second number.</param>
    /// <exception cref="NotFollowedException">This device's version of the draw is not known.</exception>
    public abstract ElementFill Draw(string name, FillRule rule, double a = 0, double b = 0);

    /// <summary>How far <c>randperm(n)</c> moves the stream; null if it draws from another stream, which must then be followed.</summary>
    public abstract long? PermutationLength(long n, TorchProfile profile);

    /// <summary>Fills the span with <c>randperm</c> of its length.</summary>
    public abstract void Permute(Span<long> permutation, Generator generator);

    /// <summary>Like <see cref="PermutationLength"/>, for the permutations inside sparse_, which name no device.</summary>
    public virtual long? RowPermutationLength(long n, TorchProfile profile) => PermutationLength(n, profile);

    /// <summary>Like <see cref="Permute"/>, inside sparse_.</summary>
    public virtual void PermuteRows(Span<long> permutation, Generator generator) => Permute(permutation, generator);

    /// <summary>The steps of trunc_normal_ up to 2.11 on uniforms in (−1, 1): erfinv_, mul_(std·√2), add_(mean), clamp_(a, b).</summary>
    public virtual void TruncateByErfInv<T>(Span<T> uniforms, double std, double mean, double a, double b, TorchProfile profile)
        where T : unmanaged
        => TruncNormalByErfInv.Finish(uniforms, std, mean, a, b, profile);
}
