using TorchInit.Syntax;

namespace TorchInit;

/// <summary>Writes the plan of tensor expressions: each call once, innermost first, in Python's order. A tensor that nothing else uses is
/// changed in place where torch creates a new one with the same values.</summary>
/// <param name="profile">The torch to follow.</param>
/// <param name="devices">Where the text has its tensors.</param>
/// <param name="isShared">Whether a call's result has more than one use: a variable, or an argument of two calls.</param>
sealed partial class TensorPlanner(TorchProfile profile, TextDevices devices, Func<TorchCall, bool> isShared)
{
    readonly Dictionary<TorchCall, IReadOnlyList<PlannedTensor>> _made = new(ReferenceEqualityComparer.Instance);

    public TorchProfile Profile => profile;

    public TextDevices Devices => devices;

    /// <summary>The steps so far.</summary>
    public List<InitStep> Steps { get; } = [];

    /// <summary>All memory, by name.</summary>
    public Dictionary<string, ParameterSpec> Memory { get; } = new(StringComparer.Ordinal);

    /// <summary>Finds the tensor of an existing module by its path; null if a text has no modules.</summary>
    public Func<TorchMember, PlannedTensor>? OfModule { get; init; }

    readonly Dictionary<string, Generator> _generators = new(StringComparer.Ordinal);

    /// <summary>A generator made by the text, as a tensor without elements.</summary>
    public PlannedTensor NewGenerator(Generator generator)
    {
        PlannedTensor place = New([0], DType.Int64);
        _generators.Add(place.Memory, generator);
        return place;
    }

    /// <summary>The generator that a call returned; null for a tensor.</summary>
    public Generator? GeneratorOf(PlannedTensor place) => _generators.GetValueOrDefault(place.Memory);

    /// <summary>The planner of one expression: a call that occurs twice is shared.</summary>
    public static TensorPlanner Of(TorchCall call, TorchProfile profile, TextDevices devices)
    {
        Dictionary<TorchCall, int> uses = new(ReferenceEqualityComparer.Instance);
        Count(call);
        return new(profile, devices, inner => uses[inner] > 1);

        void Count(TorchValue value)
        {
            switch (value)
            {
                case TorchTuple tuple: foreach (TorchValue item in tuple.Items) { Count(item); } break;
                case TorchList list: foreach (TorchValue item in list.Items) { Count(item); } break;
                case TorchDict dict: foreach ((_, TorchValue item) in dict.Items) { Count(item); } break;
                case TorchCall inner when (uses[inner] = uses.GetValueOrDefault(inner) + 1) == 1:
                    foreach (TorchValue argument in inner.Arguments) { Count(argument); }
                    foreach (TorchKeyword keyword in inner.Keywords) { Count(keyword.Value); }
                    break;
            }
        }
    }

    /// <summary>Adds a tensor of zeros.</summary>
    public PlannedTensor New(long[] shape, DType? dtype, long[]? strides = null)
    {
        long count = TensorShape.CountOrThrow(shape);
        string name = $"t{Memory.Count}";
        // The memory of a dense view has as many elements as the view, in any order.
        Memory.Add(name, new(name, strides is null ? shape : [count], ParameterKind.Scratch, dtype));
        Limits.Check(Memory.Count, Steps.Count, "The expression");
        return new(name, shape, dtype, strides) { IsTemporary = true };
    }

    /// <summary>Adds a step on a tensor.</summary>
    /// <exception cref="TorchArgumentException">Elements of the tensor share memory, which only a constant may fill.</exception>
    public PlannedTensor Do(PlannedTensor tensor, InitStep step)
    {
        if (step is not FillStep) { CheckApart(tensor, profile); }
        else if (tensor.Strides is { } strides)
        {
            long[] once = [.. tensor.Shape.Select((size, at) => strides[at] == 0 ? Math.Min(size, 1) : size)];
            step = step with { Target = (tensor with { Shape = once }).Target };
        }
        if (!tensor.IsFloatingPoint && step is UniformStep or NormalStep)
        {
            if (step is NormalStep && tensor.Count == 0 && profile.Has(2, 0)) { return tensor; }
            throw TorchArgumentException.NotImplemented(profile, "input", $"a tensor of {tensor.TypeName}", "a tensor of floats",
                $"\"{(step is UniformStep ? "check_uniform_bounds" : "normal_kernel_cpu")}\" not implemented for "
                + $"'{Elements.ScalarTypeName(tensor.DType!.Value)}'");
        }
        Steps.Add(step);
        return tensor;
    }

    /// <exception cref="TorchArgumentException">Elements of the tensor share memory.</exception>
    /// <exception cref="NotFollowedException">The same, on a GPU: there some operations do not check it.</exception>
    public static void CheckApart(PlannedTensor tensor, TorchProfile profile)
    {
        if (tensor.Strides is not { } strides || tensor.Count == 0
            || !Enumerable.Range(0, strides.Length).Any(at => strides[at] == 0 && tensor.Shape[at] > 1)) { return; }
        if (profile.Gpu is not null)
        {
            throw new NotFollowedException("writing a tensor whose elements share memory is not followed on a GPU; allowed: its clone().");
        }
        throw TorchArgumentException.RuntimeError("input", tensor.Shape, "a tensor whose elements do not share memory",
            "unsupported operation: more than one element of the written-to tensor refers to a single memory location. "
            + "Please clone() the tensor before performing the operation.");
    }

    /// <summary>Copies a tensor into another, broadcasting and casting its elements.</summary>
    public PlannedTensor Copy(PlannedTensor target, PlannedTensor source)
    {
        PlannedTensor seen = Strided.Expanded(source, target.Shape);
        return Do(target, source.DType == target.DType ? new CopyStep(target.Target, seen.Target)
            : new ConvertStep(target.Target, seen.Target));
    }

    /// <summary>The tensor with a shape and dtype, ready to be overwritten: itself if nothing else uses it, else a copy.</summary>
    public PlannedTensor Owned(PlannedTensor source, long[] shape, DType? dtype, long[]? strides)
        => IsReused(source) && source.DType == dtype && source.Shape.SequenceEqual(shape)
            && source.Steps.SequenceEqual(strides ?? TensorShape.RowMajor(shape)) ? source : Copy(New(shape, dtype, strides), source);

    /// <summary>Whether a result may take a tensor's memory. On a GPU, dropout depends on where its input lies, and torch puts a new result
    /// at the beginning of its allocation.</summary>
    public bool IsReused(PlannedTensor source) => source.IsTemporary && (profile.Gpu is null || source.Offset == 0);

    /// <summary>The tensor cast to a dtype.</summary>
    public PlannedTensor Cast(PlannedTensor tensor, DType? dtype)
        => tensor.DType == dtype ? tensor : Copy(New(tensor.Shape, dtype, Strided.OfResult(tensor.Shape, tensor)), tensor);

    /// <summary>The tensor row-major in its own memory, for steps that read whole memories.</summary>
    public PlannedTensor Whole(PlannedTensor tensor)
        => tensor.Strides is null ? tensor : Copy(New(tensor.Shape, tensor.DType), tensor);

    /// <summary>The tensor of a call, or the view <c>(20, 30).T</c> of an empty tensor.</summary>
    public PlannedTensor Tensor(TorchValue value, string argument)
    {
        if (value is TorchTransposed view)
        {
            return ViewCalls.Transposed(New(TensorSizes.Of(argument, view.Shape.Items), null));
        }
        if (value is TorchMember member && OfModule is not null) { return Known([OfModule(member)])[0]; }
        TorchCall call = value as TorchCall ?? throw new PythonArgument(argument, value).TypeError("a tensor, for example rand(3, 2)",
            null);
        return Evaluate(call) is [var tensor] ? tensor
            : throw new ArgumentException($"{argument} is {call}; allowed: one tensor.", nameof(value));
    }

    /// <summary>The tensors of a list or tuple.</summary>
    public IReadOnlyList<PlannedTensor> Tensors(TorchValue value, string argument) => value switch
    {
        TorchList list => [.. list.Items.Select(item => Tensor(item, argument))],
        TorchTuple tuple => [.. tuple.Items.Select(item => Tensor(item, argument))],
        TorchCall call => Evaluate(call),
        TorchMember member when OfModule is not null => Known([OfModule(member)]),
        _ => throw new PythonArgument(argument, value).TypeError("a tuple or list of tensors", null),
    };

    /// <summary>The result of a call, which runs once, however often it occurs.</summary>
    public IReadOnlyList<PlannedTensor> Evaluate(TorchCall call)
    {
        if (_made.TryGetValue(call, out IReadOnlyList<PlannedTensor>? made)) { return Known(made); }
        if (WhyUnknown(call) is { } why) { throw why; }
        IReadOnlyList<PlannedTensor> tensors = TensorTable.Apply(call, this);
        return _made[call] = isShared(call) ? [.. tensors.Select(tensor => tensor with { IsTemporary = false })] : tensors;
    }

    /// <summary>Sets the result of a call.</summary>
    public void Set(TorchCall call, PlannedTensor tensor) => _made[call] = [tensor with { IsTemporary = false }];

    /// <summary>Puts other tensors in the place of those in some memories, as the results of some calls.</summary>
    public void Replace(IReadOnlyDictionary<string, PlannedTensor> byMemory, Predicate<TorchCall> isMeant)
    {
        foreach (TorchCall call in _made.Keys.Where(call => isMeant(call)).ToList())
        {
            _made[call] = [.. _made[call].Select(tensor => byMemory.GetValueOrDefault(tensor.Memory) is not { } other ? tensor
                : other with { Key = tensor.Key, IsTemporary = false })];
        }
    }

    /// <summary>The result of a call that has run; null for others.</summary>
    public IReadOnlyList<PlannedTensor>? Made(TorchCall call) => _made.GetValueOrDefault(call);

    /// <summary>Memory that holds a tensor row-major in its own shape: the tensor's own, or a copy.</summary>
    public string Shown(PlannedTensor tensor)
        => Known([tensor]) is var _ && tensor.Strides is null && Memory[tensor.Memory].Shape.SequenceEqual(tensor.Shape) ? tensor.Memory
            : Copy(New(tensor.Shape, tensor.DType), tensor).Memory;

    /// <summary>The finished plan. A single tensor has no name; several are named by number or key.</summary>
    public InitPlan Build(string title, IReadOnlyList<PlannedTensor> results)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        List<ParameterSpec> shown = [];
        for (int i = 0; i < results.Count; i++)
        {
            PlannedTensor result = results[i];
            string name = result.Key ?? (results.Count == 1 && !IsList(title) ? "" : $"{i}");
            string memory = Shown(result);
            shown.Add(new(name, result.Shape, DType: result.DType) { SameAs = names.GetValueOrDefault(memory) });
            names.TryAdd(memory, name);
        }
        string Renamed(string name) => names.GetValueOrDefault(name, name);
        return new(title, profile, [.. shown, .. Memory.Values.Where(tensor => !names.ContainsKey(tensor.Name))],
            [.. Steps.Select(step => step.Renamed(Renamed))]);
    }

    static bool IsList(string title) => title.StartsWith("ParameterList", StringComparison.Ordinal);
}
