namespace TorchInit;

/// <summary>The memory of a plan's tensors: zeros, allocated on first access. Two names of one storage are one tensor.</summary>
sealed class PlanTensors
{
    readonly InitPlan _plan;
    readonly TensorBuffer?[] _storages;
    readonly DType _dtype;

    public PlanTensors(InitPlan plan, DType dtype) => (_plan, _storages, _dtype) = (plan, new TensorBuffer?[plan.Storages.Count], dtype);

    /// <summary>The tensors of an existing state dict; those that it lacks are zeros of <paramref name="dtype"/>.</summary>
    public PlanTensors(InitPlan plan, StateDict state, DType dtype)
        : this(plan, dtype)
    {
        foreach (ParameterSpec tensor in plan.Tensors)
        {
            if (tensor.Kind != ParameterKind.Scratch) { _storages[plan.StorageOf(tensor.Name)] ??= state[tensor.Name]; }
        }
    }

    /// <inheritdoc cref="InitPlan.IsInDoubt"/>
    public bool IsInDoubt(ConvertStep step) => _plan.IsInDoubt(step);

    /// <summary>The tensor called <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">No tensor has that name.</exception>
    public TensorBuffer this[string name] => this[_plan.StorageOf(name)];

    public TensorBuffer this[int storage]
        => _storages[storage] ??= TensorBuffer.Zeros(_plan.Storages[storage].TypeOr(_dtype), [.. _plan.Storages[storage].Shape]);

    /// <summary>The dtype of a tensor, whether or not it is allocated.</summary>
    public DType DTypeOf(int storage) => _storages[storage]?.DType ?? _plan.Storages[storage].TypeOr(_dtype);

    /// <summary>A tensor for a caller that writes every element before any is read: it is not zeroed first. If the writing stops half-way,
    /// for example at a refused step, nobody may see the tensor.</summary>
    public TensorBuffer ToWrite(int storage)
        => _storages[storage] ??= TensorBuffer.Uninitialised(_plan.Storages[storage].TypeOr(_dtype), [.. _plan.Storages[storage].Shape]);

    /// <summary>Gives both names of one memory the same values in a state dict that holds them separately, such as one read from a
    /// file.</summary>
    public void CopyTied(StateDict state)
    {
        foreach (ParameterSpec tied in _plan.Tensors)
        {
            if (tied.SameAs is null || tied.Kind == ParameterKind.Scratch
                || ReferenceEquals(state[tied.Name], this[tied.Name])) { continue; }
            int start = 0;
            this[tied.Name].VisitBytes(bytes =>
            {
                int count = bytes.Length / state[tied.Name].DType.ByteSize();
                bytes.CopyTo(state[tied.Name].Bytes(start, count));
                start += count;
            });
        }
    }

    /// <summary>The tensors that are saved, in state-dict order.</summary>
    public StateDict State()
    {
        StateDict state = new();
        foreach (ParameterSpec tensor in _plan.StateTensors) { state.Add(tensor.Name, this[tensor.Name]); }
        return state;
    }
}
