using System.Text;

namespace TorchInit;

/// <summary>
/// Everything that a torch constructor does to its tensors: which tensors there are, and which fills run in which order. A plan draws
/// nothing itself: <see cref="Materializer"/> runs it, <see cref="PlanJson"/> stores it.
/// </summary>
[TypeFormatterSource(typeof(PlanForms))]
public sealed partial class InitPlan
{
    readonly Dictionary<string, (ParameterSpec Tensor, int Storage)> _byName;
    List<int>[]? _writers, _readers;

    /// <summary>Makes a plan and checks it: no step can leave its tensor or name one that does not exist.</summary>
    /// <param name="title">What the plan initialises, as Python code: <c>Linear(3, 4)</c>.</param>
    /// <param name="profile">The torch whose constructor the plan follows.</param>
    /// <param name="tensors">Parameters, buffers and scratch, in state-dict order; names are unique.</param>
    /// <param name="steps">The fills, in torch's order of execution.</param>
    /// <param name="resetSteps">The steps that <c>reset_parameters()</c> runs; null if the class has no such method.</param>
    /// <exception cref="ArgumentException">A name is used twice or unknown, or a view leaves its tensor.</exception>
    public InitPlan(string title, TorchProfile profile, IReadOnlyList<ParameterSpec> tensors, IReadOnlyList<InitStep> steps,
        IReadOnlyList<InitStep>? resetSteps = null)
        : this(Unlaid(steps ?? throw new ArgumentNullException(nameof(steps))), resetSteps is null
            ? null : Unlaid(resetSteps), title, profile, tensors)
    {
    }

    /// <summary>Makes a plan and checks only the steps without a layout; the others were checked in the plans of the modules that they come
    /// from.</summary>
    internal InitPlan(IReadOnlyList<LaidStep> steps, IReadOnlyList<LaidStep>? resetSteps, string title, TorchProfile profile,
        IReadOnlyList<ParameterSpec> tensors, string? torchClass = null)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(tensors);
        CheckText(title, nameof(title));
        Limits.Check(tensors.Count, (Int128)steps.Count + (resetSteps?.Count ?? 0), "The plan");
        (Title, Profile, Tensors, Facts) = (title, profile, [.. tensors], torchClass is null ? ModuleFacts.Of(title) : new(torchClass));
        _byName = new(Tensors.Count, StringComparer.Ordinal);
        List<ParameterSpec> storages = new(Tensors.Count);
        foreach (ParameterSpec tensor in Tensors) { Add(tensor, storages); }
        Storages = storages;
        (Placed, Steps) = Place(steps, again: null);
        if (resetSteps is not null) { (PlacedResets, ResetSteps) = Place(resetSteps, again: Placed); }
    }

    /// <summary>The plan of torch code in torch's own spelling: <c>InitPlan.Of("Conv2d(3, 64, 7, bias=False)")</c>, or the lines of an
    /// <c>__init__</c>.</summary>
    /// <param name="expression">Read by <see cref="TorchExpression.Parse"/> or, if there are several statements, by
    /// <see cref="TorchProgram.Parse"/>; nothing is evaluated.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="TorchExpressionException">The text is not such an expression.</exception>
    /// <exception cref="ArgumentException">A name is unknown, or torch refuses an argument
    /// (<see cref="TorchArgumentException"/>).</exception>
    /// <exception cref="NotInThisTorchException">The profile's torch does not have the class or argument yet.</exception>
    public static InitPlan Of(string expression, TorchProfile? profile = null)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return TorchProgram.Parse(expression).ToPlan(profile);
    }

    /// <summary>The plan with one dtype for every tensor that has none of its own, whatever dtype the run asks for.</summary>
    /// <param name="dtype">The dtype.</param>
    /// <param name="isMeant">Which of these tensors get it; null for all.</param>
    internal InitPlan InDType(DType dtype, Func<ParameterSpec, bool>? isMeant = null)
        => new(Title, Profile, [.. Tensors.Select(tensor => tensor.DType is null && isMeant?.Invoke(tensor) != false
            ? tensor with { DType = dtype } : tensor)], Steps, ResetSteps)
        {
            Facts = Facts,
            ResetWarnings = ResetWarnings,
        };

    /// <summary>What the plan initialises, as Python code.</summary>
    public string Title { get; }

    /// <summary>The class that was constructed, without its wrappers: <c>Linear</c>; for an operation its name. If the plan does not say,
    /// the beginning of the title.</summary>
    public string TorchClass
    {
        get => Facts.Class;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            CheckText(value, nameof(value));
            Facts = Facts with { Class = value };
        }
    }

    /// <summary>The torch whose constructor the plan follows.</summary>
    public TorchProfile Profile { get; }

    /// <summary>Parameters, buffers and scratch, in state-dict order.</summary>
    public IReadOnlyList<ParameterSpec> Tensors { get; }

    /// <summary>The fills, in torch's order.</summary>
    public IReadOnlyList<InitStep> Steps { get; }

    /// <summary>The steps that <c>reset_parameters()</c> runs; null if the class has no such method.</summary>
    public IReadOnlyList<InitStep>? ResetSteps { get; }

    /// <summary>The steps with their places.</summary>
    internal IReadOnlyList<PlacedStep> Placed { get; }

    /// <summary>The <see cref="ResetSteps"/> with their places.</summary>
    internal IReadOnlyList<PlacedStep>? PlacedResets { get; }

    /// <summary>One tensor for each memory that the plan needs: two names of one memory share one.</summary>
    internal IReadOnlyList<ParameterSpec> Storages { get; }

    /// <summary>What torch warns each time that <c>reset_parameters()</c> runs, for example about a tensor without elements.</summary>
    internal IReadOnlyList<TorchWarning> ResetWarnings { get; init; } = [];

    /// <summary>What wrappers need to know besides the tensors.</summary>
    internal ModuleFacts Facts { get; init; }

    /// <summary>The tensors that are saved: parameters and buffers, in state-dict order.</summary>
    public IEnumerable<ParameterSpec> StateTensors => Tensors.Where(tensor => tensor.Kind != ParameterKind.Scratch);

    /// <summary>The learned tensors in <c>parameters()</c> order, each memory once.</summary>
    public IEnumerable<ParameterSpec> Parameters
        => Tensors.Where(tensor => tensor.Kind == ParameterKind.Parameter).DistinctBy(tensor => StorageOf(tensor.Name));

    /// <summary>The tensor called <paramref name="name"/>.</summary>
    /// <param name="name">The name of one of <see cref="Tensors"/>.</param>
    /// <exception cref="ArgumentException">No tensor has that name.</exception>
    public ParameterSpec this[string name] => Named(name ?? throw new ArgumentNullException(nameof(name))).Tensor;

    /// <summary>The memory of the tensor called <paramref name="name"/>: an index of <see cref="Storages"/>.</summary>
    internal int StorageOf(string name) => Named(name).Storage;

    /// <summary>The 32-bit words that each step takes from the generator, in order; null where that depends on the values drawn (rejection
    /// sampling). On a GPU: how far each step moves the generator's offset.</summary>
    /// <param name="dtype">The floating type that the plan will run with.</param>
    /// <param name="cachedNormal">Whether the generator holds a cached normal sample at the start.</param>
    /// <exception cref="ArgumentException"><paramref name="dtype"/> is not floating.</exception>
    /// <exception cref="OverflowException">A step takes 2⁶³ words or more.</exception>
    public IReadOnlyList<long?> WordsOfSteps(DType dtype = DType.Float32, bool cachedNormal = false)
    {
        Materializer.CheckFloating(dtype);
        List<long?> words = [];
        foreach (PlacedStep placed in Placed) { words.Add(placed.Words(dtype, Profile, ref cachedNormal)); }
        return words;
    }

    /// <summary>The words that the whole plan takes, or on a GPU how far it moves the generator's offset; null where it depends on the
    /// values drawn.</summary>
    /// <param name="dtype">The floating type that the plan will run with.</param>
    /// <param name="cachedNormal">Whether the generator holds a cached normal sample at the start.</param>
    /// <exception cref="ArgumentException"><paramref name="dtype"/> is not floating.</exception>
    /// <exception cref="OverflowException">The plan takes 2⁶³ words or more.</exception>
    public long? Words(DType dtype = DType.Float32, bool cachedNormal = false)
    {
        Int128? sum = 0;
        foreach (long? words in WordsOfSteps(dtype, cachedNormal)) { sum += words; }
        return sum is not { } all ? null : all <= long.MaxValue ? (long)all
            : throw new OverflowException($"{Title} takes {all} words of the generator; the most that are counted are 2^63 − 1.");
    }

    /// <summary>Memory for the plan's tensors, all zeros.</summary>
    internal PlanTensors Allocate(DType dtype) => new(this, dtype);

    /// <summary>The elements that the steps touch, counting the whole tensor for each step: an upper bound on the work.</summary>
    internal static long ElementsOf(IReadOnlyList<PlacedStep> steps)
    {
        long elements = 0;
        foreach (PlacedStep placed in steps)
        {
            elements = Math.Min(elements, long.MaxValue / 2) + Math.Min(placed.Tensor.Count, long.MaxValue / 2);
        }
        return elements;
    }

    /// <summary>Refuses steps that would run for hours or days, before the first one draws.</summary>
    /// <exception cref="ArgumentException">The steps take more work than <see cref="Limits.Operations"/>.</exception>
    internal void CheckWork(IEnumerable<PlacedStep> steps, Int128 elements)
    {
        Int128 operations = elements;
        foreach (PlacedStep placed in steps) { operations += placed.Step.Operations(placed.Layout.Shape, name => this[name]); }
        long most = Limits.Current.Operations;
        if (operations > most)
        {
            throw new ArgumentException($"{Title} takes {operations} operations; {Limits.Allowed(most, nameof(Limits.Operations))}.");
        }
    }

    /// <summary>The steps that write a memory, in order.</summary>
    internal IReadOnlyList<int> Writers(int storage) => (_writers ??= Index(step => step.Writes))[storage];

    /// <summary>The steps that read a memory, in order.</summary>
    internal IReadOnlyList<int> Readers(int storage) => (_readers ??= Index(step => step.Reads))[storage];

    /// <summary>Whether a step writes to the memory of the tensor called <paramref name="name"/>.</summary>
    internal bool Writes(InitStep step, string name) => step.Writes.Any(written => StorageOf(written) == StorageOf(name));

    /// <summary>Whether a target is a whole tensor in row-major order.</summary>
    internal bool Covers(StepTarget target)
        => target.Shape is null || ViewLayout.OfSource(target, [.. this[target.Tensor].Shape]) is { IsContiguous: true } view
            && view.Count == this[target.Tensor].Count;

    List<int>[] Index(Func<InitStep, IEnumerable<string>> names)
    {
        List<int>[] steps = [.. Storages.Select(_ => new List<int>())];
        for (int i = 0; i < Steps.Count; i++)
        {
            foreach (int storage in names(Steps[i]).Select(StorageOf).Distinct()) { steps[storage].Add(i); }
        }
        return steps;
    }

    /// <summary>Title, tensors and steps, one per line; a tensor's dtype where it has its own.</summary>
    public override string ToString()
    {
        StringBuilder text = new($"{Title} ({Profile})\n");
        foreach (ParameterSpec tensor in Tensors)
        {
            text.Append("  ").Append(tensor.Kind).Append(' ').Append(tensor);
            text.Append(tensor.DType is { } dtype ? $" {dtype.TorchName()}" : "").Append('\n');
        }
        foreach (InitStep step in Steps) { text.Append("  ").Append(step).Append('\n'); }
        return text.ToString();
    }

    /// <summary>Neither JSON nor a file's header can hold an unpaired surrogate; it would read back as another text.</summary>
    static void CheckText(string text, string parameter)
    {
        if (UnicodeText.LoneSurrogate(text) is var at and >= 0)
        {
            throw new ArgumentException($"{parameter} has a lone surrogate at {at} of its text; allowed: Unicode text.", parameter);
        }
    }

    static LaidStep[] Unlaid(IReadOnlyList<InitStep> steps) => [.. steps.Select(step => new LaidStep(step, null))];

    /// <summary>The tensor called <paramref name="name"/>, which the caller calls <paramref name="argument"/>.</summary>
    internal ParameterSpec Tensor(string name, string argument) => Named(name, argument).Tensor;

    (ParameterSpec Tensor, int Storage) Named(string name, string argument = "name")
        => _byName.TryGetValue(name, out (ParameterSpec, int) found)
            ? found
            : throw new ArgumentException($"tensor '{name}' is not in the plan; there are: "
                + $"{string.Join(", ", Tensors.Take(20).Select(known => known.Name))}{(Tensors.Count > 20 ? ", …" : "")}"
                + $"{NearestNames.Ending(name, Tensors.Select(known => known.Name))}.", argument);

    static ArgumentException Wrong(string message, string argument) => new(message, argument);

    void Add(ParameterSpec tensor, List<ParameterSpec> storages)
    {
        if (tensor?.Name is null || tensor.Shape is null)
        {
            throw Wrong("A tensor of the plan, its name or its shape is null.", "tensors");
        }
        if (!Enum.IsDefined(tensor.Kind) || tensor.DType is { } dtype && !Enum.IsDefined(dtype))
        {
            throw Wrong($"tensor '{tensor.Name}' is of kind {tensor.Kind} and dtype {tensor.DType};"
                + " allowed: the members of ParameterKind and DType.", "tensors");
        }
        CheckText(tensor.Name, "tensors");
        _ = tensor.Count;
        int storage = storages.Count;
        if (tensor.SameAs is null) { storages.Add(tensor); }
        else
        {
            if (!_byName.TryGetValue(tensor.SameAs, out (ParameterSpec Tensor, int Storage) first)
                || !first.Tensor.Shape.SequenceEqual(tensor.Shape) || first.Tensor.DType != tensor.DType)
            {
                throw Wrong($"tensor {tensor} is tied to '{tensor.SameAs}';"
                    + " allowed: an earlier tensor of the same shape and dtype.", "tensors");
            }
            storage = first.Storage;
        }
        if (!_byName.TryAdd(tensor.Name, (tensor, storage)))
        {
            throw Wrong($"name '{tensor.Name}' is used by two tensors; allowed: one.", "tensors");
        }
    }

    PlacedStep Place(LaidStep laid)
    {
        InitStep step = laid.Step;
        if (step?.Target?.Tensor is null) { throw Wrong("A step of the plan or its target is null.", "steps"); }
        (ParameterSpec tensor, int storage) = Named(step.Target.Tensor, "steps");
        if (laid.Layout is { } known) { return new(step, tensor, storage, known); }
        ViewLayout layout = ViewLayout.Of(step.Target, [.. tensor.Shape]);
        foreach (string name in step.Reads.Concat(step.Writes))
        {
            _ = Named(name ?? throw Wrong("A tensor that a step of the plan reads or writes is null.", "steps"), "steps");
        }
        step.Check(layout.Shape, Profile, name => this[name]);
        return new(step, tensor, storage, layout);
    }

    /// <summary>Places all steps; those of the reset are mostly a subset of the constructor's, in the same order.</summary>
    (PlacedStep[] Placed, InitStep[] Steps) Place(IReadOnlyList<LaidStep> laid, IReadOnlyList<PlacedStep>? again)
    {
        (PlacedStep[] placed, InitStep[] steps) = (new PlacedStep[laid.Count], new InitStep[laid.Count]);
        int from = 0;
        for (int i = 0; i < placed.Length; i++)
        {
            int at = from;
            while (at < again?.Count && !ReferenceEquals(again[at].Step, laid[i].Step)) { at++; }
            if (at < again?.Count) { (placed[i], from) = (again[at], at + 1); }
            else { (placed[i], again) = (Place(laid[i]), null); }        // not a step of the constructor; the later ones hardly are
            steps[i] = laid[i].Step;
        }
        return (placed, steps);
    }
}
