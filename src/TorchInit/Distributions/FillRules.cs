namespace TorchInit;

/// <summary>What a torch draws with on one kind of device: the stream of its generator, and the rules that make a fill of it. A profile has
/// one.</summary>
abstract class FillRules
{
    /// <summary>What it is called, and by what its numbers differ from another's of its kind.</summary>
    public abstract string Name { get; }

    /// <summary>What torch calls the kernels of this device in its errors: <c>cpu</c> or <c>cuda</c>.</summary>
    public virtual string Suffix => "cpu";

    /// <summary>A stream as after <c>manual_seed</c>.</summary>
    public abstract RandomStream NewStream(ulong seed, TorchProfile profile);

    /// <summary>uniform_(from, to).</summary>
    public abstract FillRule Uniform { get; }

    /// <summary>normal_(mean, std).</summary>
    public abstract FillRule Normal { get; }

    /// <summary>A draw beside initialisation: the CPU's rule, or what it is on this device.</summary>
    /// <param name="name">What torch calls it.</param>
    /// <param name="rule">The CPU's.</param>
    /// <param name="a">Its first number.</param>
    /// <param name="b">Its second one.</param>
    /// <exception cref="NotFollowedException">How this device draws it is not known.</exception>
    public abstract ElementFill Draw(string name, FillRule rule, double a = 0, double b = 0);

    /// <summary>How far <c>randperm(n)</c> moves the stream; null where it draws from another one, which has to be followed.</summary>
    public abstract long? PermutationLength(long n, TorchProfile profile);

    /// <summary><c>randperm</c> of as many numbers as there is room for.</summary>
    public abstract void Permute(Span<long> permutation, Generator generator);

    /// <summary>As <see cref="PermutationLength"/>, of the permutations inside sparse_, which name no device.</summary>
    public virtual long? RowPermutationLength(long n, TorchProfile profile) => PermutationLength(n, profile);

    /// <summary>As <see cref="Permute"/>, inside sparse_.</summary>
    public virtual void PermuteRows(Span<long> permutation, Generator generator) => Permute(permutation, generator);

    /// <summary>What trunc_normal_ up to 2.11 makes of its uniforms of (−1, 1): erfinv_, mul_(std·√2), add_(mean), clamp_(a, b).</summary>
    public virtual void TruncateByErfInv<T>(Span<T> uniforms, double std, double mean, double a, double b, TorchProfile profile)
        where T : unmanaged
        => TruncNormalByErfInv.Finish(uniforms, std, mean, a, b, profile);
}
