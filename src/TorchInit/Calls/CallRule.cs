namespace TorchInit;

/// <summary>How a call of one torch name becomes a plan.</summary>
/// <param name="Name">The name without <c>torch.nn.</c>.</param>
/// <param name="Signature">The newest torch's signature, as after Python's <c>def</c>, without self.</param>
/// <param name="Plan">Makes the plan from bound arguments.</param>
sealed record CallRule(string Name, string Signature, Func<BoundArguments, TorchProfile, InitPlan> Plan)
{
    /// <summary>The signatures of older torches, oldest first; each holds before its version.</summary>
    public IReadOnlyList<(int Major, int Minor, string Signature)> Older { get; init; } = [];

    /// <summary>The first torch that has the name.</summary>
    public (int Major, int Minor) Since { get; init; } = (1, 13);

    /// <summary>The Python function that binds the arguments, as named in its errors.</summary>
    public PythonFunction Function { get; init; } = PythonFunction.Of(Name);

    /// <summary>The same before torch 2.0; null if it did not change.</summary>
    public PythonFunction? FunctionBefore2_0 { get; init; }

    /// <summary>What the class checks before Python binds the arguments; null for nothing.</summary>
    public Action<TorchCall, TorchProfile>? BeforeBinding { get; init; }

    /// <summary>Whether the result is a module, which another call may take; otherwise the call fills a tensor.</summary>
    public bool IsModule { get; init; } = true;

    /// <summary>The arguments that are modules or tensors made before the call, and the names under which it keeps them: the call's dtype
    /// is not theirs.</summary>
    public IReadOnlyList<(string Argument, string Name)> Kept { get; init; } = [];

    /// <summary>Whether <c>ones(7)</c> and <c>zeros(7)</c> are allowed among its arguments.</summary>
    public bool TakesTensors { get; init; }

    /// <summary>A Lazy* class, which has no tensors before its first input.</summary>
    public static CallRule Lazy(string name, string signature, Func<BoundArguments, TorchProfile, LazyModule> module)
        => new(name, signature, (a, profile) => module(a, profile) is var lazy && a.Source.Forward is { } shape
            ? lazy.Forward([.. shape]) : lazy.Uninitialized)
        { IsLazy = true };

    /// <summary>Whether the shape of a first input may follow the call.</summary>
    public bool IsLazy { get; private init; }

    public InitPlan Apply(TorchCall call, TorchProfile profile, Func<TorchCall, InitPlan?>? made = null)
    {
        if (call.Forward is not null && !IsLazy)
        {
            throw new ArgumentException($"{call} gives {Name} an input; allowed only for Lazy* classes, whose tensors depend on it.",
                nameof(call));
        }
        profile.Require(Name, Since.Major, Since.Minor);
        NestedModules modules = NestedModules.Of(call, nested => CallTable.Module(nested, profile, TakesTensors || !IsModule, made));
        BeforeBinding?.Invoke(call, profile);
        BoundArguments arguments = Bind(call, profile, modules);
        CheckGenerator(arguments);
        InitPlan plan = Plan(arguments, profile);
        if (IsLazy || plan.Tensors.Count > 0)
        {
            CheckFactoryArguments(arguments, profile);
            plan = InDType(plan, arguments);
        }
        return modules.Left is not { } left ? plan
            : throw new ArgumentException($"{Name} is given the module {left}, which it does not take; allowed there: a module without "
                + $"tensors. torch would make it a child.", nameof(call));
    }

    /// <summary>Binds the arguments to the signature of the profile's torch.</summary>
    public BoundArguments Bind(TorchCall call, TorchProfile profile, NestedModules modules)
        => ArgumentBinder.Bind(call, SignatureOf(call, profile), profile.Has(2, 0) ? Function : FunctionBefore2_0 ?? Function, modules);

    /// <summary>The signature of the profile's torch. An argument that a later torch added is refused with that version.</summary>
    string SignatureOf(TorchCall call, TorchProfile profile)
    {
        int at = Older.TakeWhile(older => profile.Has(older.Major, older.Minor)).Count();
        if (at == Older.Count) { return Signature; }
        string signature = Older[at].Signature;
        foreach (string name in call.Keywords.Select(keyword => keyword.Name).Except(NamesOf(signature)))
        {
            for (int later = at + 1; later <= Older.Count; later++)
            {
                if (NamesOf(later < Older.Count ? Older[later].Signature : Signature).Contains(name))
                {
                    profile.Require($"{Name}({name}=…)", Older[later - 1].Major, Older[later - 1].Minor);
                }
            }
        }
        return signature;
    }

    static IEnumerable<string> NamesOf(string signature) => Syntax.Signature.Parse(signature).All.Select(parameter => parameter.Name);

    /// <summary>
    /// Checks device and dtype as torch does. Without a dtype, the plan gets one for all tensors when it runs, like torch's default dtype.
    /// Calls that make no tensors check neither.
    /// </summary>
    static void CheckFactoryArguments(BoundArguments arguments, TorchProfile profile)
    {
        if (arguments.Has("dtype") && !arguments.IsNone("dtype") && arguments["dtype"] is not TorchDType)
        {
            throw arguments.Argument("dtype").TypeError("None, torch.float32, torch.float64, torch.float16, torch.bfloat16", null);
        }
        if (arguments.Has("device")) { DeviceArgument.Check(arguments.Argument("device"), profile); }
        if (arguments.Has("tensor") && arguments["tensor"] is TorchCall { Keywords: var keywords })
        {
            foreach (TorchKeyword device in keywords.Where(keyword => keyword.Name == "device"))
            {
                DeviceArgument.Check(new("device", device.Value), profile);
            }
        }
    }

    /// <summary>The plan with the call's dtype: <c>Linear(3, 4, dtype=torch.float64)</c>.</summary>
    InitPlan InDType(InitPlan plan, BoundArguments arguments)
    {
        if (!arguments.Has("dtype") || arguments["dtype"] is not TorchDType { Value: var dtype }) { return plan; }
        string[] kept = [.. Kept.Where(kept => !arguments.IsNone(kept.Argument)).Select(kept => kept.Name)];
        return plan.InDType(dtype, tensor => !Array.Exists(kept, name => tensor.Name == name
            || tensor.Name.StartsWith($"{name}.", StringComparison.Ordinal)));
    }

    static void CheckGenerator(BoundArguments arguments)
    {
        if (arguments.Has("generator") && !arguments.IsNone("generator"))
        {
            throw arguments.Argument("generator").TypeError("None; you pass the generator when the plan runs", null);
        }
    }
}
