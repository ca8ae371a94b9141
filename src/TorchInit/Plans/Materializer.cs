namespace TorchInit;

/// <summary>Runs plans: allocates their tensors and draws them, in torch's order.</summary>
public static class Materializer
{
    /// <summary>The state dict of a freshly constructed module after <c>torch.manual_seed(seed)</c>.</summary>
    /// <param name="plan">The module to construct; its profile is followed.</param>
    /// <param name="seed">A negative seed is taken as two's complement.</param>
    /// <param name="dtype">The floating type, as torch's default dtype during construction.</param>
    /// <param name="maxDegreeOfParallelism">The most threads to use; −1 for one per processor. Every number gives the same bytes and the
    /// same final generator state; work below about a millisecond stays on one thread.</param>
    /// <param name="progress">Receives the elements drawn or set so far and their total as steps end, and during large steps.</param>
    /// <param name="cancellation">Checked before each step and during large ones.</param>
    /// <exception cref="InsufficientMemoryException">The plan needs more memory than is available; nothing was allocated.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static StateDict Materialize(this InitPlan plan, long seed, DType dtype = DType.Float32, int maxDegreeOfParallelism = -1,
        IProgress<(long Done, long Total)>? progress = null, CancellationToken cancellation = default)
        => plan.Materialize(unchecked((ulong)seed), dtype, maxDegreeOfParallelism, progress, cancellation);

    /// <inheritdoc cref="Materialize(InitPlan, long, DType, int, IProgress{ValueTuple{long, long}}?, CancellationToken)"/>
    /// <param name="plan">The module to construct; its profile is followed.</param>
    /// <param name="seed">Any 64-bit value, as returned by <see cref="Generator.ParseSeed"/>.</param>
    /// <param name="dtype">The floating type, as torch's default dtype during construction.</param>
    /// <param name="maxDegreeOfParallelism">The most threads to use; −1 for one per processor.</param>
    /// <param name="progress">Receives the elements drawn or set so far and their total as steps end, and during large steps.</param>
    /// <param name="cancellation">Checked before each step and during large ones.</param>
    public static StateDict Materialize(this InitPlan plan, ulong seed, DType dtype = DType.Float32, int maxDegreeOfParallelism = -1,
        IProgress<(long Done, long Total)>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Materialize(new Generator(seed, plan.Profile), dtype, maxDegreeOfParallelism, progress, cancellation);
    }

    /// <summary>The state dict of a module constructed with this generator as torch's default generator, which advances.</summary>
    /// <param name="plan">The module to construct.</param>
    /// <param name="generator">A generator with the plan's profile; advanced as torch's.</param>
    /// <param name="dtype">The floating type, as torch's default dtype during construction.</param>
    /// <param name="maxDegreeOfParallelism">The most threads to use; −1 for one per processor. Every number gives the same bytes and the
    /// same final generator state; work below about a millisecond stays on one thread.</param>
    /// <param name="progress">Receives the elements drawn or set so far and their total as steps end, and during large steps.</param>
    /// <param name="cancellation">Checked before each step and during large ones; the generator stays at the point that the cancelled run
    /// had reached.</param>
    /// <exception cref="ArgumentException">The generator and the plan follow different torches, <paramref name="dtype"/> is not floating,
    /// the plan takes more work than <see cref="Limits.Operations"/>, or a tensor has more than 2,147,483,591 elements, the most of an
    /// array: <c>MaterializeTo</c> writes such a tensor to a file, <c>MaterializeSlice</c> makes a part of it.</exception>
    /// <exception cref="TorchArgumentException">Torch refuses a step for the dtype of its tensor.</exception>
    /// <exception cref="InsufficientMemoryException">The plan needs more memory than is available; nothing was allocated.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static StateDict Materialize(this InitPlan plan, Generator generator, DType dtype = DType.Float32,
        int maxDegreeOfParallelism = -1, IProgress<(long Done, long Total)>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        CheckProfile(plan, generator);
        CheckFloating(dtype);
        int threads = Threads(maxDegreeOfParallelism);
        CheckMemory(plan, dtype);
        plan.CheckWork(plan.Placed, InitPlan.ElementsOf(plan.Placed));
        PlanTensors tensors = plan.Allocate(dtype);
        PlanRunner.Run(plan, plan.Placed, new(generator, tensors) { Watch = RunWatch.Of(plan, progress, cancellation) }, threads);
        return tensors.State();
    }

    /// <summary>Runs <c>reset_parameters()</c> on an existing state dict, in place: the draws that the class repeats, not the whole
    /// constructor.</summary>
    /// <param name="plan">The module's plan.</param>
    /// <param name="state">A state dict of this plan: same names and shapes; its dtypes are kept.</param>
    /// <param name="generator">A generator with the plan's profile; advanced as torch's.</param>
    /// <param name="maxDegreeOfParallelism">The most threads to use; −1 for one per processor. Every number gives the same bytes and the
    /// same final generator state; work below about a millisecond stays on one thread.</param>
    /// <exception cref="InvalidOperationException">The class has no reset_parameters in torch.</exception>
    /// <exception cref="ArgumentException">A tensor is missing, or has another shape or a dtype that cannot be filled; nothing was
    /// drawn.</exception>
    public static void ResetParameters(this InitPlan plan, StateDict state, Generator generator, int maxDegreeOfParallelism = -1)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(state);
        CheckProfile(plan, generator);
        if (plan.PlacedResets is not { } steps)
        {
            throw new InvalidOperationException(
                $"{plan.Title} has no reset_parameters in torch {plan.Profile.Version}; reset its submodules one by one.");
        }
        foreach (ParameterSpec tensor in plan.StateTensors)
        {
            if (!state.TryGetValue(tensor.Name, out TensorBuffer? buffer) || !buffer.Shape.SequenceEqual(tensor.Shape))
            {
                throw new ArgumentException($"state has no {tensor}; allowed: the tensors of {plan.Title}.", nameof(state));
            }
            if (tensor.TypeOr(DType.Float32).IsFloatingPoint() && !buffer.DType.IsFloatingPoint())
            {
                throw new ArgumentException($"state has {tensor} in {buffer.DType.TorchName()}; allowed: float32, float64, float16, "
                    + "bfloat16.", nameof(state));
            }
            if (tensor.SameAs is { } first && state.TryGetValue(first, out TensorBuffer? same) && same.DType != buffer.DType)
            {
                throw new ArgumentException($"state has {tensor} in {buffer.DType.TorchName()} and '{first}', to which it is tied, in"
                    + $" {same.DType.TorchName()}; allowed: one dtype.", nameof(state));
            }
        }
        plan.CheckWork(steps, InitPlan.ElementsOf(steps));
        foreach (TorchWarning warning in plan.ResetWarnings) { TorchWarning.Raise(warning); }
        PlanTensors tensors = new(plan, state, DType.Float32);
        StepContext context = new(generator, tensors);
        foreach (PlacedStep step in steps) { CheckOneDType(plan, step, tensors, nameof(state)); }
        PlanRunner.Run(plan, steps, context, Threads(maxDegreeOfParallelism));
        tensors.CopyTied(state);
    }

    /// <summary>What a step reads has the target's dtype in a state dict, too, if it has in the plan.</summary>
    static void CheckOneDType(InitPlan plan, PlacedStep step, PlanTensors tensors, string argument)
    {
        DType own = tensors.DTypeOf(step.Storage);
        foreach (ParameterSpec read in step.Step.Reads.Select(name => plan[name]).Where(read => read.DType == step.Tensor.DType))
        {
            DType other = tensors.DTypeOf(plan.StorageOf(read.Name));
            if (other != own)
            {
                throw new ArgumentException($"{step.Step} needs one dtype, and state has {step.Tensor} in {own.TorchName()} and {read} in "
                    + $"{other.TorchName()}.", argument);
            }
        }
    }

    internal static int Threads(int maxDegreeOfParallelism) => maxDegreeOfParallelism switch
    {
        -1 => Environment.ProcessorCount,
        >= 1 => maxDegreeOfParallelism,
        _ => throw new ArgumentOutOfRangeException(nameof(maxDegreeOfParallelism), maxDegreeOfParallelism,
            "allowed: 1 or more, or −1 for one per processor."),
    };

    internal static void CheckFloating(DType dtype)
    {
        if (!dtype.IsFloatingPoint())
        {
            throw new ArgumentException($"dtype is {dtype.TorchName()}; allowed: float32, float64, float16, bfloat16.", nameof(dtype));
        }
    }

    internal static void CheckProfile(InitPlan plan, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        if (generator.Profile != plan.Profile)
        {
            throw new ArgumentException($"the generator follows {generator.Profile}, the plan {plan.Profile}; allowed: the same profile.",
                nameof(generator));
        }
    }

    static void CheckMemory(InitPlan plan, DType dtype)
    {
        Int128 needed = 0;
        foreach (ParameterSpec tensor in plan.Storages)
        {
            if (tensor.Count > Array.MaxLength)
            {
                throw new ArgumentException($"tensor {tensor} has more than {Array.MaxLength} elements, the most of an array; "
                    + "MaterializeTo writes such a tensor to a file, MaterializeSlice makes a part of it.", nameof(plan));
            }
            needed += BytesOf(tensor, dtype);
        }
        // A step that computes its elements together needs the memory for them twice.
        needed += plan.Placed.Where(placed => placed.Step.HoldsCopy).Select(placed => BytesOf(placed.Tensor, dtype)).DefaultIfEmpty().Max();
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > available)
        {
            throw new InsufficientMemoryException($"{plan.Title} needs {needed} bytes in {dtype.TorchName()}; {available} are available.");
        }
    }

    internal static Int128 BytesOf(ParameterSpec tensor, DType dtype) => (Int128)tensor.Count * tensor.TypeOr(dtype).ByteSize();
}
