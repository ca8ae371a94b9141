using TorchInit.Syntax;

namespace TorchInit;

sealed partial class TensorPlanner
{
    // Results that are not followed, and memory that one was written to; whether such a result has memory of its own.
    readonly Dictionary<TorchCall, (NotFollowedException Why, bool IsOwn)> _unknown = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<string, NotFollowedException> _spoiled = new(StringComparer.Ordinal);

    /// <summary>Runs a call of a text. Values that are not followed matter only if a weight depends on them, so the call is refused where
    /// its result is used: a mask or a table of angles that is no part of the state dict may be anything.</summary>
    public void Run(TorchCall call)
    {
        try { Evaluate(call); }
        catch (NotFollowedException why) when (TensorTable.OnlyComputes(call.Name))
        {
            bool isInPlace = call.Name.EndsWith('_') || call.Name == "setitem";
            if (isInPlace && !Spoil(call.Arguments[0], why)) { throw; }
            _unknown[call] = (why, !TensorTable.MayShare(call.Name) || call.Arguments is [TorchCall input, ..] && IsOwnUnknown(input));
        }
    }

    /// <summary>A tensor whose values are not known until it is filled.</summary>
    public PlannedTensor NewUnknown(long[] shape, DType? dtype, NotFollowedException why)
    {
        PlannedTensor made = New(shape, dtype) with { IsTemporary = false };
        _spoiled[made.Memory] = why;
        return made;
    }

    /// <summary>A tensor that is about to be filled: what it held does not matter if it is filled as a whole.</summary>
    public PlannedTensor Filled(TorchValue target, string argument)
    {
        PlannedTensor? tensor = target is TorchMember member && OfModule is not null ? OfModule(member)
            : target is TorchCall call && Made(call) is [var made] ? made : null;
        if (tensor is { IsDense: true } && tensor.Count == Memory[tensor.Memory].Count) { _spoiled.Remove(tensor.Memory); }
        return Tensor(target, argument);
    }

    /// <summary>Why a call's result is not known; null if it is, or has not been asked for.</summary>
    public NotFollowedException? WhyUnknown(TorchCall call) => _unknown.GetValueOrDefault(call).Why;

    /// <summary>Notes that what is not known was written to a tensor; false if that changes a tensor which cannot be told.</summary>
    bool Spoil(TorchValue target, NotFollowedException why)
    {
        if (target is TorchCall call && WhyUnknown(call) is not null) { return IsOwnUnknown(call); }
        PlannedTensor? changed = target is TorchCall made ? Made(made) is [var only] ? only : null
            : target is TorchMember member && OfModule is not null ? OfModule(member) : null;
        if (changed is not null) { _spoiled[changed.Memory] = why; }
        return changed is not null;
    }

    bool IsOwnUnknown(TorchCall call) => _unknown.GetValueOrDefault(call).IsOwn;

    /// <exception cref="NotFollowedException">What is not followed was written to the memory of one of the tensors.</exception>
    IReadOnlyList<PlannedTensor> Known(IReadOnlyList<PlannedTensor> tensors)
    {
        foreach (PlannedTensor tensor in _spoiled.Count > 0 ? tensors : [])
        {
            if (_spoiled.TryGetValue(tensor.Memory, out NotFollowedException? why)) { throw why; }
        }
        return tensors;
    }
}
