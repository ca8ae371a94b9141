namespace TorchInit;

/// <summary>The memory of a plan's tensors: zeros, made when it is first asked for. Two names of one storage are one tensor.</summary>
sealed class PlanTensors
{
    readonly InitPlan _plan;
    readonly TensorBuffer?[] _storages;
    readonly DType _dtype;

    public PlanTensors(InitPlan plan, DType dtype) => (_plan, _storages, _dtype) = (plan, new TensorBuffer?[plan.Storages.Count], dtype);

    /// <summary>The tensors of a state dict that has been drawn before; what it has not is zeros of <paramref name="dtype"/>.</summary>
    public PlanTensors(InitPlan plan, StateDict state, DType dtype)
        : this(plan, dtype)
    {
        foreach (ParameterSpec tensor in plan.Tensors)
        {
            if (tensor.Kind != ParameterKind.Scratch) { _storages[plan.StorageOf(tensor.Name)] ??= state[tensor.Name]; }
        }
    }

    /// <summary>The tensor called <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public TensorBuffer this[string name] => this[_plan.StorageOf(name)];

    public TensorBuffer this[int storage]
        => _storages[storage] ??= TensorBuffer.Zeros(_plan.Storages[storage].TypeOr(_dtype), [.. _plan.Storages[storage].Shape]);

    /// <summary>The element type of a tensor, which need not be there yet.</summary>
    public DType DTypeOf(int storage) => _storages[storage]?.DType ?? _plan.Storages[storage].TypeOr(_dtype);

    /// <summary>A tensor for one who writes every element of it before anybody reads one: it is not made zero first. What keeps a tensor
    /// that was not written whole, for example where a step is refused on the way, must let nobody see it.</summary>
    public TensorBuffer ToWrite(int storage)
        => _storages[storage] ??= TensorBuffer.Uninitialised(_plan.Storages[storage].TypeOr(_dtype), [.. _plan.Storages[storage].Shape]);

    /// <summary>Gives a state dict that holds the two names of one memory apart, as one read from a file does, the same under
    /// both.</summary>
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

    /// <summary>What is saved, in state-dict order.</summary>
    public StateDict State()
    {
        StateDict state = new();
        foreach (ParameterSpec tensor in _plan.StateTensors) { state.Add(tensor.Name, this[tensor.Name]); }
        return state;
    }
}
