using System.Runtime.InteropServices;

namespace TorchInit;

/// <summary>
/// Writes a plan in the order in which a torch constructor runs: declaring a tensor draws nothing; a fill or a child draws at once. For
/// your own modules, use it as you would write <c>__init__</c>.
/// </summary>
/// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
public sealed partial class PlanBuilder(TorchProfile? profile = null)
{
    readonly List<ParameterSpec> _own = [];
    readonly List<ParameterSpec> _children = [];
    readonly Dictionary<string, ParameterSpec> _byName = new(StringComparer.Ordinal);
    readonly HashSet<string> _childNames = new(StringComparer.Ordinal);
    readonly List<LaidStep> _steps = [];
    readonly List<TorchWarning> _resetWarnings = [];
    List<LaidStep>? _reset;
    bool _isResetting;

    /// <summary>The sizes that the caller of a constructor gave, with the names of its arguments: what an error about a shape
    /// names.</summary>
    internal IReadOnlyList<(string Name, long Size)> Asked { get; init; } = [];

    /// <summary>The torch that is followed.</summary>
    public TorchProfile Profile { get; } = profile ?? TorchProfile.Default;

    /// <summary>The learned tensors so far, in <c>parameters()</c> order, each memory once.</summary>
    public IEnumerable<ParameterSpec> Parameters
        => All.Where(tensor => tensor.Kind == ParameterKind.Parameter).DistinctBy(tensor => MemoryOf(tensor).Name);

    /// <summary>State-dict order: the module's parameters, its buffers, then its children's tensors.</summary>
    IEnumerable<ParameterSpec> All => _own.Where(tensor => tensor.Kind != ParameterKind.Buffer)
        .Concat(_own.Where(tensor => tensor.Kind == ParameterKind.Buffer)).Concat(_children);

    /// <summary>Declares a learned tensor; draws nothing; the tensor is zero until a step fills it.</summary>
    /// <param name="name">The name of the attribute: unused, without dots.</param>
    /// <param name="shape">Sizes of 0 or more.</param>
    /// <exception cref="TorchArgumentException">The name is empty, contains a dot or is a child's (KeyError), or a size is negative
    /// (RuntimeError).</exception>
    public PlanBuilder Parameter(string name, params ReadOnlySpan<long> shape)
        => Declare(_own, new(Attribute("parameter", name), shape.ToArray()));

    /// <summary>Declares the single tensor of an operation, which has no name.</summary>
    internal PlanBuilder Bare(params ReadOnlySpan<long> shape) => Declare(_own, new("", shape.ToArray()));

    /// <summary>Declares a buffer; draws nothing.</summary>
    /// <param name="name">The name of the attribute.</param>
    /// <param name="shape">Sizes of 0 or more.</param>
    /// <param name="dtype">Null for the floating type that the run asks for.</param>
    /// <exception cref="TorchArgumentException">The name is empty, contains a dot or is a child's (KeyError), or a size is negative
    /// (RuntimeError).</exception>
    public PlanBuilder Buffer(string name, ReadOnlySpan<long> shape, DType? dtype = null)
        => Declare(_own, new(Attribute("buffer", name), shape.ToArray(), ParameterKind.Buffer, dtype));

    /// <summary>Declares a tensor that is drawn and discarded.</summary>
    /// <param name="name">Any unused name that is not empty.</param>
    /// <param name="shape">Sizes of 0 or more.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or already in use.</exception>
    public PlanBuilder Scratch(string name, params ReadOnlySpan<long> shape)
        => Declare(_own, new(Given(name, nameof(name)), shape.ToArray(), ParameterKind.Scratch));

    /// <summary>Gives a tensor a second name: <c>self.decoder.weight = self.encoder.weight</c>. Both names share one memory; it is saved
    /// under both and learned once.</summary>
    /// <param name="name">The second name, unused; a path if a child has it.</param>
    /// <param name="tensor">The tensor to share, declared before.</param>
    /// <exception cref="ArgumentException"><paramref name="tensor"/> has not been declared, or <paramref name="name"/> is empty or already
    /// in use.</exception>
    /// <remarks>If torch first draws the parameter that is replaced, draw it under another name, with <see cref="Scratch"/> or
    /// <see cref="Prototype"/>.</remarks>
    public PlanBuilder Tie(string name, string tensor)
    {
        _ = Given(name, nameof(name));
        ArgumentNullException.ThrowIfNull(tensor);
        _ = Shape(tensor);
        ParameterSpec first = _byName[tensor];
        return Declare(_children, first with { Name = name, SameAs = first.SameAs ?? tensor });
    }

    /// <summary>Adds any step.</summary>
    /// <param name="step">A step whose target has been declared.</param>
    public PlanBuilder Step(InitStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Add(step, nameof(step));
    }

    /// <param name="step">The step.</param>
    /// <param name="argument">The caller's argument with its target.</param>
    PlanBuilder Add(InitStep step, string argument)
    {
        if (step.Target?.Tensor is null)
        {
            throw new ArgumentNullException(argument, "The target of the step, or the tensor that it names, is null.");
        }
        _ = Shape(step.Target.Tensor, argument);
        CheckRoom(0, 1);
        _steps.Add(new(step, null));
        return this;
    }

    /// <summary>Adds the steps that <c>reset_parameters()</c> runs; they also run now.</summary>
    /// <param name="write">Adds the steps. If it throws, those that it has added run in the constructor alone.</param>
    public PlanBuilder Resettable(Action<PlanBuilder> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (_isResetting)                         // the steps are added to the reset at the end of the outer call
        {
            write(this);
            return this;
        }
        (int first, int warnings) = (_steps.Count, _resetWarnings.Count);
        try
        {
            _isResetting = true;
            write(this);
        }
        catch
        {
            _resetWarnings.RemoveRange(warnings, _resetWarnings.Count - warnings);
            throw;
        }
        finally { _isResetting = false; }
        (_reset ??= []).AddRange(CollectionsMarshal.AsSpan(_steps)[first..]);
        return this;
    }

    /// <summary>Adds a submodule, constructed now: its tensors get the prefix <c>name.</c> and its steps run here.</summary>
    /// <param name="name">The name of the attribute: unused, without dots.</param>
    /// <param name="plan">A plan of the same profile.</param>
    /// <exception cref="ArgumentException"><paramref name="plan"/> follows another torch, has too many tensors or steps
    /// (<see cref="Limits"/>), or has a tensor whose name is already in use; nothing was added.</exception>
    /// <exception cref="TorchArgumentException">The name is empty, contains a dot or is already in use (KeyError).</exception>
    public PlanBuilder Child(string name, InitPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        bool isTaken = _byName.ContainsKey(Attribute("module", name)) || _childNames.Contains(name);
        _ = Part(isTaken ? throw Taken(name) : name, plan);
        _childNames.Add(name);
        return this;
    }

    /// <summary>Adds a child of a child by its path: <c>tail.0</c>.</summary>
    internal PlanBuilder Part(string path, InitPlan plan)
    {
        List<ParameterSpec> tensors = Included(path, plan, plan.Steps.Count, keep: true);
        return Drawn(path, plan).Declare(tensors);
    }

    /// <summary>Adds the draws of a child that is declared later: Python constructs an argument before the module that takes it.</summary>
    internal PlanBuilder Drawn(string path, InitPlan plan)
    {
        _steps.AddRange(plan.Placed.Select(placed => new LaidStep(placed.Step.Renamed(name => $"{path}.{name}"), placed.Layout)));
        return this;
    }

    /// <summary>Adds the tensors of a child whose draws have been added.</summary>
    internal PlanBuilder Declared(string path, InitPlan plan) => Declare(Included(path, plan, steps: 0, keep: true));

    /// <summary>Adds a module that is constructed now and discarded: its draws move the stream; its tensors are scratch under
    /// <c>name.</c>.</summary>
    /// <param name="name">Any unused prefix that is not empty.</param>
    /// <param name="plan">A plan of the same profile.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty, or <paramref name="plan"/> is refused as by
    /// <see cref="Child"/>; nothing was added.</exception>
    public PlanBuilder Prototype(string name, InitPlan plan)
    {
        _ = Given(name, nameof(name));
        ArgumentNullException.ThrowIfNull(plan);
        return Declare(Included(name, plan, plan.Steps.Count, keep: false)).Drawn(name, plan);
    }

    /// <summary>Adds a deep copy of a <see cref="Prototype"/> or of an earlier child: same values, no draw.</summary>
    /// <param name="name">The name of the attribute.</param>
    /// <param name="source">The prefix under which <paramref name="plan"/> was included.</param>
    /// <param name="plan">The module that was included there.</param>
    /// <exception cref="ArgumentException">A name is empty, <paramref name="name"/> is already in use, or <paramref name="plan"/> was not
    /// included under <paramref name="source"/>; nothing was added.</exception>
    public PlanBuilder CopyOf(string name, string source, InitPlan plan)
    {
        _ = (Given(name, nameof(name)), Given(source, nameof(source)));
        ArgumentNullException.ThrowIfNull(plan);
        ParameterSpec[] copied = [.. plan.StateTensors];
        CheckRoom(copied.Length, copied.Length);
        List<ParameterSpec> copies = [.. copied.Select(tensor => tensor.Renamed(own => $"{name}.{own}") with { Origin = null })];
        ParameterSpec[] filled = [.. copied.Where(tensor => tensor.SameAs is null)];
        copies.ForEach(tensor => ThrowIfUsed(tensor, nameof(name)));
        foreach (ParameterSpec tensor in filled) { _ = Shape($"{source}.{tensor.Name}", nameof(source)); }
        _steps.AddRange(filled.Select(tensor => new LaidStep(new CopyStep($"{name}.{tensor.Name}", $"{source}.{tensor.Name}"), null)));
        return Declare(copies);
    }

    /// <summary>The finished plan.</summary>
    /// <param name="title">What the plan initialises, as Python code.</param>
    /// <exception cref="ArgumentException">A name is used twice, or a view leaves its tensor.</exception>
    public InitPlan Build(string title)
        => new(_steps, _reset, title, Profile, [.. All]) { ResetWarnings = [.. _resetWarnings] };

    /// <summary>The finished plan of a torch.nn class; its title is the call as Python code, without the arguments that are null.</summary>
    internal InitPlan BuildClass(string torchClass, params ReadOnlySpan<string?> arguments)
        => new(_steps, _reset, Modules.Title(torchClass, arguments), Profile, [.. All], torchClass)
        {
            ResetWarnings = [.. _resetWarnings],
        };

    /// <summary>The tensor whose memory a tied one shares.</summary>
    ParameterSpec MemoryOf(ParameterSpec tensor)
    {
        while (tensor.SameAs is { } first) { tensor = _byName[first]; }
        return tensor;
    }

    long[] Shape(string tensor, string argument = "tensor")
        => _byName.TryGetValue(tensor ?? throw new ArgumentNullException(argument), out ParameterSpec? spec)
            ? [.. spec.Shape] : throw new ArgumentException($"tensor '{tensor}' has not been declared.", argument);

    /// <summary>Refuses more tensors or steps than a plan may have, before they are made.</summary>
    /// <param name="tensors">How many are to be added.</param>
    /// <param name="steps">How many are to be added.</param>
    /// <param name="asked">The argument that asks for them; none for the shape's or the plan's.</param>
    internal void CheckRoom(Int128 tensors, Int128 steps, params IReadOnlyList<(string Name, long Size)> asked)
        => CallersArgument.Named(() =>
        {
            Limits.Check(_byName.Count + tensors, _steps.Count + steps, "The module");
            return true;
        }, asked);

    PlanBuilder Declare(List<ParameterSpec> where, ParameterSpec tensor)
    {
        try
        {
            _ = TensorShape.CountOrThrow([.. tensor.Shape]);
            CheckRoom(1, 0);
        }
        catch (ArgumentException error) when (CallersArgument.Renamed(error, Asked) is { } renamed) { throw renamed; }
        ThrowIfUsed(tensor, "name");
        _byName.Add(tensor.Name, tensor);
        where.Add(tensor);
        return this;
    }

    PlanBuilder Declare(List<ParameterSpec> children)
    {
        foreach (ParameterSpec tensor in children) { Declare(_children, tensor); }
        return this;
    }

    /// <summary>Each caller has the name, or the beginning of it, as an argument.</summary>
    void ThrowIfUsed(ParameterSpec tensor, string argument)
    {
        if (_byName.ContainsKey(tensor.Name))
        {
            throw new ArgumentException($"name '{tensor.Name}' is already in use; allowed: one tensor per name.", argument);
        }
    }

    /// <summary>The tensors of a plan under their names in this one, after all checks: adding them cannot fail half-way.</summary>
    List<ParameterSpec> Included(string name, InitPlan plan, int steps, bool keep)
    {
        if (plan.Profile != Profile)
        {
            throw new ArgumentException($"plan {plan.Title} follows {plan.Profile}; this module follows {Profile}.", nameof(plan));
        }
        CheckRoom(plan.Tensors.Count, steps);
        List<ParameterSpec> tensors = [.. plan.Tensors.Select(tensor
            => tensor.Renamed(own => $"{name}.{own}") with { Kind = keep ? tensor.Kind : ParameterKind.Scratch })];
        tensors.ForEach(tensor => ThrowIfUsed(tensor, nameof(name)));
        return tensors;
    }

    static string Given(string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        return name.Length > 0 ? name : throw new ArgumentException($"{parameter} is ''; allowed: a name that is not empty.", parameter);
    }

    /// <summary>A name that torch accepts as an attribute.</summary>
    string Attribute(string kind, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string called = $"{kind} name";
        if (name.Length == 0)
        {
            throw new TorchArgumentException(nameof(name), name, "not empty", "KeyError", $"{called} can't be empty string \"\"");
        }
        if (name.Contains('.', StringComparison.Ordinal))
        {
            throw new TorchArgumentException(nameof(name), name, "a name without dots", "KeyError", kind == "module"
                ? $"module name can't contain \".\", got: {name}" : $"{called} can't contain \".\"");
        }
        return kind != "module" && _childNames.Contains(name) ? throw Taken(name) : name;
    }

    static TorchArgumentException Taken(string name)
        => new(nameof(name), name, "an unused name", "KeyError", $"attribute '{name}' already exists");
}
