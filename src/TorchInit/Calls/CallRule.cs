namespace TorchInit;

/// <summary>How one name of torch's becomes a plan.</summary>
/// <param name="Name">Without <c>torch.nn.</c>.</param>
/// <param name="Signature">Of the newest torch, as after Python's <c>def</c>, without self.</param>
/// <param name="Plan">Makes the plan of bound arguments.</param>
sealed record CallRule(string Name, string Signature, Func<BoundArguments, TorchProfile, InitPlan> Plan)
{
    /// <summary>The signatures of older torches: each holds before its version, the oldest first.</summary>
    public IReadOnlyList<(int Major, int Minor, string Signature)> Older { get; init; } = [];

    /// <summary>The first torch that has the name.</summary>
    public (int Major, int Minor) Since { get; init; } = (1, 13);

    /// <summary>Which Python function binds the arguments, as its errors call it.</summary>
    public PythonFunction Function { get; init; } = PythonFunction.Of(Name);

    /// <summary>Which it was before torch 2.0; null where it was the same.</summary>
    public PythonFunction? FunctionBefore2_0 { get; init; }

    /// <summary>What the class looks at before Python binds the arguments; null for nothing.</summary>
    public Action<TorchCall, TorchProfile>? BeforeBinding { get; init; }

    /// <summary>Whether it gives a module, which another call may take; else it fills a tensor.</summary>
    public bool IsModule { get; init; } = true;

    /// <summary>Whether <c>ones(7)</c> and <c>zeros(7)</c> may stand among its arguments.</summary>
    public bool TakesTensors { get; init; }

    /// <summary>A Lazy* class: without a first input it has no tensors.</summary>
    public static CallRule Lazy(string name, string signature, Func<BoundArguments, TorchProfile, LazyModule> module)
        => new(name, signature, (a, profile) => module(a, profile) is var lazy && a.Source.Forward is { } shape
            ? lazy.FirstForward([.. shape]) : lazy.Uninitialized)
        { IsLazy = true };

    /// <summary>Whether the call may be followed by the shape of a first input.</summary>
    public bool IsLazy { get; private init; }

    public InitPlan Apply(TorchCall call, TorchProfile profile, Func<TorchCall, InitPlan?>? made = null)
    {
        if (call.Forward is not null && !IsLazy)
        {
            throw new ArgumentException($"{call} shows an input to {Name}; allowed: for Lazy* classes, whose tensors depend on it.",
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

    /// <summary>The arguments by the signature of the profile's torch.</summary>
    public BoundArguments Bind(TorchCall call, TorchProfile profile, NestedModules modules)
        => ArgumentBinder.Bind(call, SignatureOf(call, profile), profile.Has(2, 0) ? Function : FunctionBefore2_0 ?? Function, modules);

    /// <summary>The signature of the profile's torch. An argument that came later is named with its version.</summary>
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
    /// device and dtype are torch's; without one the dtype is chosen when the plan runs, for all tensors at once, as torch's default dtype.
    /// Who makes no tensor does not look at them.
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

    /// <summary>The plan with a dtype of its own: <c>Linear(3, 4, dtype=torch.float64)</c>.</summary>
    static InitPlan InDType(InitPlan plan, BoundArguments arguments)
        => arguments.Has("dtype") && arguments["dtype"] is TorchDType { Value: var dtype } ? plan.InDType(dtype) : plan;

    static void CheckGenerator(BoundArguments arguments)
    {
        if (arguments.Has("generator") && !arguments.IsNone("generator"))
        {
            throw arguments.Argument("generator").TypeError("None; the generator is given when the plan runs", null);
        }
    }
}
