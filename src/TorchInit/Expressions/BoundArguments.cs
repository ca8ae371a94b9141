namespace TorchInit.Syntax;

/// <summary>
/// The values of a signature's parameters, given or by default. Each getter converts like Python (a bool is an integer, an integer is a
/// float) and throws a <see cref="TorchArgumentException"/> that names the argument, its value and what is allowed: TypeError for a wrong
/// type, ValueError for a wrong length, RuntimeError for a negative size.
/// </summary>
public sealed partial class BoundArguments
{
    readonly TorchCall _call;
    readonly Dictionary<string, TorchValue> _values;
    readonly HashSet<string> _given;

    internal BoundArguments(TorchCall call, Dictionary<string, TorchValue> values, HashSet<string> given)
        => (_call, _values, _given) = (call, values, given);

    /// <summary>The value of a parameter, as written or by default.</summary>
    /// <param name="name">A parameter of the signature.</param>
    /// <exception cref="ArgumentException">The signature has no parameter of that name.</exception>
    public TorchValue this[string name]
        => _values.TryGetValue(name ?? throw new ArgumentNullException(nameof(name)), out TorchValue? value) ? value
            : throw new ArgumentException($"name is '{name}'; allowed: the parameters of {_call.Name}: {string.Join(", ", _values.Keys)}.",
            nameof(name));

    /// <summary>Whether the call gives this argument, even if with its default value; always true for <c>*args</c>.</summary>
    /// <param name="name">A parameter of the signature.</param>
    public bool IsGiven(string name) => this[name] is not null && _given.Contains(name);

    /// <summary>The call with these arguments.</summary>
    internal TorchCall Source => _call;

    /// <summary>Whether the signature has this parameter.</summary>
    internal bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Whether the value is None.</summary>
    /// <param name="name">A parameter of the signature.</param>
    public bool IsNone(string name) => this[name] is TorchNone;

    /// <summary>An integer.</summary>
    /// <param name="name">A parameter of the signature.</param>
    public long Long(string name) => LongOf(this[name]) ?? throw Wrong(name, "an integer");

    /// <summary>An integer, or null for None.</summary>
    /// <param name="name">A parameter of the signature.</param>
    public long? OptionalLong(string name) => IsNone(name) ? null : LongOf(this[name]) ?? throw Wrong(name, "an integer or None");

    /// <summary>Python's bool() of the value: None, 0, 0.0, '', () and [] are False, all others are True.</summary>
    /// <param name="name">A parameter of the signature.</param>
    public bool Bool(string name) => Argument(name).IsTrue;

    /// <summary>The value with Python's operators.</summary>
    internal PythonArgument Argument(string name) => new(name, this[name]);

    /// <summary>As <see cref="Bool"/> if the call gives it, else null: for arguments that not every torch has.</summary>
    internal bool? BoolIfGiven(string name) => _values.ContainsKey(name) && IsGiven(name) ? Bool(name) : null;

    /// <summary>A float; an integer is rounded to the nearest double, as by Python's float().</summary>
    /// <param name="name">A parameter of the signature.</param>
    public double Double(string name) => DoubleOf(this[name]) ?? throw Wrong(name, "a float");

    /// <summary>A float, or null for None.</summary>
    /// <param name="name">A parameter of the signature.</param>
    public double? OptionalDouble(string name) => IsNone(name) ? null : DoubleOf(this[name]) ?? throw Wrong(name, "a float or None");

    /// <summary>A string.</summary>
    /// <param name="name">A parameter of the signature.</param>
    public string String(string name) => this[name] is TorchString text ? text.Value : throw Wrong(name, "a string");

    /// <summary>A nested call, such as the module that a wrapper wraps.</summary>
    /// <param name="name">A parameter of the signature.</param>
    public TorchCall Call(string name) => this[name] as TorchCall ?? throw Wrong(name, "a call, for example Linear(3, 4)");

    /// <summary>A nested call, or null for None.</summary>
    /// <param name="name">A parameter of the signature.</param>
    public TorchCall? OptionalCall(string name) => IsNone(name) ? null
        : this[name] as TorchCall ?? throw Wrong(name, "a call, for example Linear(3, 4), or None");

    /// <summary>The plan of a nested call.</summary>
    internal InitPlan Module(string name, TorchProfile profile) => Nested(Call(name), profile);

    /// <summary>The plan of a nested call; null if the value is not a call.</summary>
    internal InitPlan? OptionalModule(string name, TorchProfile profile) => this[name] is TorchCall call ? Nested(call, profile) : null;

    /// <summary>The modules among the arguments, which Python creates before it binds them.</summary>
    internal NestedModules Modules { get; init; } = NestedModules.None;

    /// <summary>The plan of a call among the arguments.</summary>
    internal InitPlan Nested(TorchCall call, TorchProfile profile) => Modules.Take(call) ?? call.ToPlan(profile);

    static long? LongOf(TorchValue value) => value switch
    {
        TorchInt number => number.Value,
        TorchBool flag => flag.Value ? 1 : 0,
        _ => null,
    };

    static double? DoubleOf(TorchValue value) => value is TorchFloat number ? number.Value : LongOf(value);

    TorchArgumentException Wrong(string name, string allowed) => Argument(name).TypeError(allowed, null);
}
