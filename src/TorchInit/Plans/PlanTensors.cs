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
        foreach (ParameterSpec tensor in plan.StateTensors) { _storages[plan.StorageOf(tensor.Name)] ??= state[tensor.Name]; }
    }

    /// <summary>The tensor called <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public TensorBuffer this[string name] => this[_plan.StorageOf(name)];

    public TensorBuffer this[int storage]
        => _storages[storage] ??= TensorBuffer.Zeros(_plan.Storages[storage].TypeOr(_dtype), [.. _plan.Storages[storage].Shape]);

    /// <summary>What is saved, in state-dict order.</summary>
    public StateDict State()
    {
        StateDict state = new();
        foreach (ParameterSpec tensor in _plan.StateTensors) { state.Add(tensor.Name, this[tensor.Name]); }
        return state;
    }
}
