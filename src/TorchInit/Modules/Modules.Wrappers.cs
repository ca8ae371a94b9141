namespace TorchInit;

/// <summary>What the four wrappers share: where torch puts their tensors, and how it refuses names.</summary>
public static partial class Modules
{
    const string NoShape = "Can't access the shape of an uninitialized parameter or buffer. This error usually happens in `load_state_dict`"
        + " when trying to load an uninitialized parameter into an initialized one. Call `forward` to initialize the parameters before"
        + " accessing their attributes.";

    /// <summary>The module after a hook has taken over a parameter: new parameters follow the module's own, new buffers follow its own
    /// buffers, both before the children.</summary>
    static InitPlan Hooked(InitPlan module, string name, string renamed, ParameterSpec[] parameters, ParameterSpec[] buffers,
        InitStep[] steps, string wrapper, string title)
    {
        ParameterSpec[] others = [.. module.Tensors.Where(tensor => tensor.Name != name)];
        ParameterSpec[] ownParameters = [.. others.Where(tensor => IsOwn(tensor, ParameterKind.Parameter))];
        ParameterSpec[] ownBuffers = [.. others.Where(tensor => IsOwn(tensor, ParameterKind.Buffer))];
        IEnumerable<ParameterSpec> children = others.Except(ownParameters).Except(ownBuffers);
        ParameterSpec[] tensors = [.. ownParameters, .. parameters, .. ownBuffers, .. buffers, .. children];
        return new(title, module.Profile, tensors, [.. Renamed(module, name, renamed), .. steps])
        {
            Facts = module.Facts with { Hooks = [.. module.Facts.Hooks, (wrapper, name)] },
        };
    }

    /// <summary>The module with one more parametrization. Their list is the last child, and holds one list for each name.</summary>
    static InitPlan Parametrized(InitPlan module, Parametrization registered, string renamed, ParameterSpec[] added,
        IEnumerable<InitStep> steps, string title)
    {
        string prefix = $"parametrizations.{registered.Name}.";
        List<ParameterSpec> tensors = [.. module.Tensors.Where(tensor => tensor.Name != registered.Name)];
        int last = tensors.FindLastIndex(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal));
        tensors.InsertRange(last < 0 ? tensors.Count : last + 1, added);
        return new(title, module.Profile, tensors, [.. Renamed(module, registered.Name, renamed), .. steps])
        {
            Facts = module.Facts with { Parametrizations = [.. module.Facts.Parametrizations, registered] },
        };
    }

    static IEnumerable<InitStep> Renamed(InitPlan module, string name, string renamed)
        => module.Steps.Select(step => step.Renamed(tensor => tensor == name ? renamed : tensor));

    static bool IsOwn(ParameterSpec tensor, ParameterKind kind)
        => tensor.Kind == kind && !tensor.Name.Contains('.', StringComparison.Ordinal);

    /// <summary>The error of <c>del module._parameters[name]</c> for a name that is not a parameter.</summary>
    static TorchArgumentException NoKey(InitPlan module, string name)
        => new(nameof(name), name, ParametersOf(module), "KeyError", $"'{name}'");

    static TorchArgumentException NoAttribute(InitPlan module, string name)
        => new(nameof(name), name, ParametersOf(module), "AttributeError", $"'{module.Facts.TypeName}' object has no attribute '{name}'");

    static TorchArgumentException NotOfModule(InitPlan module, string name, string what)
        => TorchArgumentException.ValueError(nameof(name), name, ParametersOf(module), $"Module '{module.Facts.TypeName}' {what} '{name}'");

    static TorchArgumentException WithoutShape(string name)
        => TorchArgumentException.RuntimeError(nameof(name), name, "a tensor with a shape; run a first forward to give it one", NoShape);

    static TorchArgumentException Uninitialized(string name, string type, string wrapper)
        => TorchArgumentException.ValueError(nameof(name), name, "a parameter with a shape; run a first forward to give it one",
            $"The module passed to `{type}` can't have uninitialized parameters. Make sure to run the dummy forward"
            + $" before applying {wrapper} normalization");

    static TorchArgumentException HookedTwice(string name, string wrapper)
        => TorchArgumentException.RuntimeError(nameof(name), name, $"a parameter without a {wrapper}",
            $"Cannot register two {wrapper} hooks on the same parameter {name}");

    /// <summary>The module's own parameters; to wrap a child's parameter, wrap the child.</summary>
    static string ParametersOf(InitPlan module)
    {
        IEnumerable<ParameterSpec> own = module.Tensors.Where(tensor => IsOwn(tensor, ParameterKind.Parameter));
        string names = string.Join(", ", own.Select(tensor => tensor.Name));
        return names.Length > 0 ? names : "none; this module has no parameters of its own";
    }

    /// <summary>A reshape to −1 where another size is 0.</summary>
    static TorchArgumentException Ambiguous(ParameterSpec weight, string shape)
        => TorchArgumentException.RuntimeError("module", weight, "a dimension with elements",
            $"cannot reshape tensor of 0 elements into shape {shape} because the unspecified dimension size -1 can be any value"
            + " and is ambiguous");
}
