using System.Text;

namespace TorchInit;

/// <summary>
/// Everything that a torch constructor does to its tensors: which there are, and which fills happen in which order. It draws nothing itself:
/// <see cref="Materializer"/> runs it, <see cref="PlanJson"/> stores it.
/// </summary>
public sealed class InitPlan
{
    readonly Dictionary<string, ParameterSpec> _byName;
    readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    Dictionary<string, List<int>>? _writers;

    /// <summary>A plan of tensors and steps, checked: nothing that runs later can leave a tensor or name one that is not there.</summary>
    /// <param name="title">What it initialises, as a user would write it: <c>Linear(3, 4)</c>.</param>
    /// <param name="profile">The torch whose constructor this is.</param>
    /// <param name="tensors">Parameters, buffers and scratch, in state-dict order; names are unique.</param>
    /// <param name="steps">In torch's order of execution.</param>
    /// <param name="resetSteps">What <c>reset_parameters()</c> does again; null where the class has no such method.</param>
    /// <exception cref="ArgumentException">A name is taken twice or unknown, or a view leaves its tensor.</exception>
    public InitPlan(string title, TorchProfile profile, IReadOnlyList<ParameterSpec> tensors, IReadOnlyList<InitStep> steps, IReadOnlyList<InitStep>? resetSteps = null)
        : this(title, profile, tensors, steps, resetSteps, fresh: null)
    {
    }

    /// <summary>A plan of which only the steps <paramref name="fresh"/> are looked at: the others were, in the plans of the modules that they are from.</summary>
    internal InitPlan(string title, TorchProfile profile, IReadOnlyList<ParameterSpec> tensors, IReadOnlyList<InitStep> steps, IReadOnlyList<InitStep>? resetSteps, IEnumerable<InitStep>? fresh)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(steps);
        Limits.Check(tensors.Count, (Int128)steps.Count + (resetSteps?.Count ?? 0), "The plan");
        (Title, Profile, Tensors, Steps, ResetSteps) = (title, profile, [.. tensors], [.. steps], resetSteps is null ? null : [.. resetSteps]);
        Facts = ModuleFacts.Of(title);
        _byName = new(StringComparer.Ordinal);
        foreach (ParameterSpec tensor in Tensors)
        {
            if (tensor?.Name is null || tensor.Shape is null) { throw new ArgumentException("A tensor of the plan, its name or its shape is null.", nameof(tensors)); }
            if (!Enum.IsDefined(tensor.Kind) || tensor.DType is { } dtype && !Enum.IsDefined(dtype))
            {
                throw new ArgumentException($"tensor '{tensor.Name}' is of kind {tensor.Kind} and dtype {tensor.DType}; allowed: the members of ParameterKind and DType.", nameof(tensors));
            }
            _counts[tensor.Name] = TensorShape.CountOrThrow([.. tensor.Shape]);
            if (!_byName.TryAdd(tensor.Name, tensor)) { throw new ArgumentException($"name '{tensor.Name}' is taken by two tensors; allowed: one.", nameof(tensors)); }
        }
        foreach (InitStep step in fresh ?? Steps.Concat(ResetSteps ?? [])) { Check(step); }
    }

    /// <summary>The plan of a constructor or init function in torch's own spelling: <c>InitPlan.Of("Conv2d(3, 64, 7, bias=False)")</c>.</summary>
    /// <param name="expression">As <see cref="TorchExpression.Parse"/> reads it; nothing is evaluated.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="TorchExpressionException">The text is no such expression.</exception>
    /// <exception cref="ArgumentException">The name is unknown, or torch refuses an argument (<see cref="TorchArgumentException"/>).</exception>
    /// <exception cref="NotInThisTorchException">The profile's torch does not have the class or argument yet.</exception>
    public static InitPlan Of(string expression, TorchProfile? profile = null) => TorchExpression.Parse(expression).ToPlan(profile);

    /// <summary>What it initialises, as a user would write it.</summary>
    public string Title { get; }

    /// <summary>The class that was constructed, under all wrappers: <c>Linear</c>; of an operation its name. Where a plan's maker says nothing,
    /// what the title begins with.</summary>
    public string TorchClass
    {
        get => Facts.Class;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            Facts = Facts with { Class = value };
        }
    }

    /// <summary>The torch whose constructor this is.</summary>
    public TorchProfile Profile { get; }

    /// <summary>Parameters, buffers and scratch, in state-dict order.</summary>
    public IReadOnlyList<ParameterSpec> Tensors { get; }

    /// <summary>The fills, in torch's order.</summary>
    public IReadOnlyList<InitStep> Steps { get; }

    /// <summary>What <c>reset_parameters()</c> does again; null where the class has no such method.</summary>
    public IReadOnlyList<InitStep>? ResetSteps { get; }

    /// <summary>What torch says each time that <c>reset_parameters()</c> runs, for example that a tensor without elements is left
    /// alone.</summary>
    internal IReadOnlyList<TorchWarning> ResetWarnings { get; init; } = [];

    /// <summary>What wrappers look at besides the tensors.</summary>
    internal ModuleFacts Facts { get; init; }

    /// <summary>What is saved: parameters and buffers, in state-dict order.</summary>
    public IEnumerable<ParameterSpec> StateTensors => Tensors.Where(tensor => tensor.Kind != ParameterKind.Scratch);

    /// <summary>What is learned, in <c>parameters()</c> order.</summary>
    public IEnumerable<ParameterSpec> Parameters => Tensors.Where(tensor => tensor.Kind == ParameterKind.Parameter);

    /// <summary>The tensor called <paramref name="name"/>.</summary>
    /// <param name="name">A name of <see cref="Tensors"/>.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public ParameterSpec this[string name]
        => _byName.TryGetValue(name, out ParameterSpec? tensor)
            ? tensor
            : throw new ArgumentException($"tensor '{name}' is not in the plan; there are: {string.Join(", ", Tensors.Take(20).Select(known => known.Name))}{(Tensors.Count > 20 ? ", …" : "")}.", nameof(name));

    /// <summary>The 32-bit words of the generator that each step takes, in order; null where it depends on the values drawn (rejection sampling).</summary>
    /// <param name="dtype">The floating type asked for.</param>
    /// <param name="cachedNormal">Whether the generator holds a cached normal sample at the start.</param>
    /// <exception cref="OverflowException">A step takes 2⁶³ words or more.</exception>
    public IReadOnlyList<long?> WordsOfSteps(DType dtype = DType.Float32, bool cachedNormal = false)
    {
        List<long?> words = [];
        foreach (InitStep step in Steps)
        {
            ParameterSpec tensor = this[step.Target.Tensor];
            words.Add(step.WordsOrThrow(ViewLayout.Of(step.Target, [.. tensor.Shape]), tensor.DType ?? dtype, Profile, ref cachedNormal));
        }
        return words;
    }

    /// <summary>The words that the whole plan takes; null where it depends on the values drawn.</summary>
    /// <param name="dtype">The floating type asked for.</param>
    /// <param name="cachedNormal">Whether the generator holds a cached normal sample at the start.</param>
    /// <exception cref="OverflowException">They are 2⁶³ or more.</exception>
    public long? Words(DType dtype = DType.Float32, bool cachedNormal = false)
    {
        Int128? sum = 0;
        foreach (long? words in WordsOfSteps(dtype, cachedNormal)) { sum += words; }
        return sum is not { } all ? null : all <= long.MaxValue ? (long)all : throw new OverflowException($"{Title} takes {all} words of the generator; the most that are counted are 2^63 − 1.");
    }

    /// <summary>The elements that steps of this plan touch, each step its whole tensor: how much work there is, at most.</summary>
    internal long ElementsOf(IReadOnlyList<InitStep> steps)
    {
        long elements = 0;
        foreach (InitStep step in steps) { elements = Math.Min(elements, long.MaxValue / 2) + Math.Min(_counts[step.Target.Tensor], long.MaxValue / 2); }
        return elements;
    }

    /// <summary>Refuses steps that would run for hours or days, before the first of them draws.</summary>
    /// <exception cref="ArgumentException">They are more work than <see cref="Limits.Operations"/>.</exception>
    internal void CheckWork(IEnumerable<InitStep> steps, Int128 elements)
    {
        Int128 operations = elements;
        foreach (InitStep step in steps) { operations += step.Operations(step.Target.Shape is { } view ? [.. view] : [.. this[step.Target.Tensor].Shape], name => this[name]); }
        long most = Limits.Current.Operations;
        if (operations > most) { throw new ArgumentException($"{Title} takes {operations} operations; {Limits.Allowed(most, nameof(Limits.Operations))}."); }
    }

    /// <summary>The steps that write a tensor, in order.</summary>
    internal IReadOnlyList<int> Writers(string tensor) => (_writers ??= IndexWriters()).GetValueOrDefault(tensor, []);

    Dictionary<string, List<int>> IndexWriters()
    {
        Dictionary<string, List<int>> writers = new(StringComparer.Ordinal);
        for (int i = 0; i < Steps.Count; i++)
        {
            foreach (string name in Steps[i].Writes) { (writers.TryGetValue(name, out List<int>? steps) ? steps : writers[name] = []).Add(i); }
        }
        return writers;
    }

    /// <summary>Title, tensors and steps, one a line.</summary>
    public override string ToString()
    {
        StringBuilder text = new($"{Title} ({Profile})\n");
        foreach (ParameterSpec tensor in Tensors) { text.Append("  ").Append(tensor.Kind).Append(' ').Append(tensor).Append('\n'); }
        foreach (InitStep step in Steps) { text.Append("  ").Append(step).Append('\n'); }
        return text.ToString();
    }

    void Check(InitStep step)
    {
        if (step?.Target?.Tensor is null) { throw new ArgumentException("A step of the plan or its target is null.", nameof(step)); }
        ParameterSpec tensor = this[step.Target.Tensor];
        ViewLayout layout = ViewLayout.Of(step.Target, [.. tensor.Shape]);
        foreach (string name in step.Reads.Concat(step.Writes))
        {
            _ = this[name ?? throw new ArgumentException("A tensor that a step of the plan reads or writes is null.", nameof(step))];
        }
        step.Check(layout.Shape, Profile, name => this[name]);
    }
}
