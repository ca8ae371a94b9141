namespace TorchInit;

/// <summary>What a torch draws with on one kind of device: the stream of its generator, and the rules that make a fill of it. A profile has
/// one.</summary>
abstract class FillRules
{
    /// <summary>What it is called, and by what its numbers differ from another's of its kind.</summary>
    public abstract string Name { get; }

    /// <summary>A stream as after <c>manual_seed</c>.</summary>
    public abstract RandomStream NewStream(ulong seed);

    /// <summary>uniform_(from, to).</summary>
    public abstract FillRule Uniform { get; }

    /// <summary>normal_(mean, std).</summary>
    public abstract FillRule Normal { get; }

    /// <summary>How far <c>randperm(n)</c> moves the stream; null where it draws from another one, which has to be followed.</summary>
    public abstract long? PermutationLength(long n);

    /// <summary><c>randperm</c> of as many numbers as there is room for.</summary>
    public abstract void Permute(Span<long> permutation, Generator generator);
}
