namespace TorchInit.Syntax;

/// <summary>Binds a call's arguments to a Python signature, by Python's rules and with Python's errors.</summary>
public static class ArgumentBinder
{
    /// <summary>Assigns a value to every parameter of <paramref name="signature"/>.</summary>
    /// <param name="call">The call.</param>
    /// <param name="signature">As after Python's <c>def</c>, without self and types: <c>in_features, out_features, bias=True</c>;
    /// parameters after <c>*</c> are keyword-only, <c>*args</c> takes the remaining positional arguments.
    /// </param>
    /// <exception cref="TorchArgumentException">Python would raise a TypeError: an argument is unexpected, repeated, surplus or
    /// missing.</exception>
    /// <exception cref="FormatException"><paramref name="signature"/> is not a signature.</exception>
    public static BoundArguments Bind(TorchCall call, string signature)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(signature);
        return Bind(call, signature, PythonFunction.Plain(call.Name), NestedModules.None);
    }

    /// <summary>The same, with the function's name for Python's errors, and the modules among the arguments.</summary>
    internal static BoundArguments Bind(TorchCall call, string signature, PythonFunction function, NestedModules modules)
    {
        Signature parameters = Signature.Parse(signature);
        Dictionary<string, TorchValue> given = new(StringComparer.Ordinal);
        // Python's order: positional arguments, keywords, then surplus, then missing arguments.
        foreach ((SignatureParameter parameter, TorchValue value) in parameters.Positional.Zip(call.Arguments))
        {
            given.Add(parameter.Name, value);
        }
        BindKeywords(call, parameters, given, function);
        BindSurplus(call, parameters, given, function);
        ThrowIfMissing(call, parameters.Positional, given, "positional", function);
        ThrowIfMissing(call, parameters.KeywordOnly, given, "keyword-only", function);
        HashSet<string> names = new(given.Keys, StringComparer.Ordinal);
        foreach (SignatureParameter parameter in parameters.All) { given.TryAdd(parameter.Name, parameter.Default!); }
        return new BoundArguments(call, given, names) { Modules = modules };
    }

    static void BindKeywords(TorchCall call, Signature parameters, Dictionary<string, TorchValue> given, PythonFunction function)
    {
        foreach (TorchKeyword keyword in call.Keywords)
        {
            if (!parameters.All.Any(parameter => parameter.Name == keyword.Name))
            {
                if (parameters.TakesKeywords) { continue; }
                throw TypeError(keyword.Name, keyword.Value, $"the arguments of {call.Name}: {parameters}",
                    function.Says($"got an unexpected keyword argument '{keyword.Name}'"));
            }
            if (!given.TryAdd(keyword.Name, keyword.Value))
            {
                throw TypeError(keyword.Name, keyword.Value, $"one value; {given[keyword.Name]} is already given by position",
                    function.Says($"got multiple values for argument '{keyword.Name}'"));
            }
        }
    }

    static void BindSurplus(TorchCall call, Signature parameters, Dictionary<string, TorchValue> given, PythonFunction function)
    {
        int most = parameters.Positional.Count;
        TorchValue[] surplus = [.. call.Arguments.Skip(most)];
        if (parameters.Variadic is not null) { given.Add(parameters.Variadic, new TorchTuple(surplus)); }
        else if (surplus.Length > 0)
        {
            int least = parameters.Positional.Count(parameter => parameter.Default is null);
            int unseen = function.Unseen;
            string range = least == most ? $"{most + unseen}" : $"from {least + unseen} to {most + unseen}";
            string plural = most + unseen == 1 && least == most ? "" : "s";
            throw TypeError($"positional argument {most + 1}", surplus[0], $"the arguments of {call.Name}: {parameters}",
                function.Says($"takes {range} positional argument{plural} but {call.Arguments.Count + unseen} "
                    + $"{(call.Arguments.Count + unseen == 1 ? "was" : "were")} given"));
        }
    }

    static void ThrowIfMissing(TorchCall call, IReadOnlyList<SignatureParameter> parameters, Dictionary<string, TorchValue> given,
        string kind, PythonFunction function)
    {
        string[] missing = [.. parameters.Where(parameter => parameter.Default is null && !given.ContainsKey(parameter.Name))
            .Select(parameter => parameter.Name)];
        if (missing.Length == 0) { return; }
        string[] quoted = [.. missing.Select(name => $"'{name}'")];
        string list = quoted.Length switch
        {
            1 => quoted[0],
            2 => $"{quoted[0]} and {quoted[1]}",
            _ => $"{string.Join(", ", quoted[..^1])}, and {quoted[^1]}",
        };
        throw TypeError(missing[0], NotGiven.Instance, "a value, because it has no default",
            function.Says($"missing {missing.Length} required {kind} argument{(missing.Length == 1 ? "" : "s")}: {list}"));
    }

    static TorchArgumentException TypeError(string argument, object? value, string allowed, string? message)
        => new(argument, value, allowed, "TypeError", message);

    sealed class NotGiven
    {
        public static readonly NotGiven Instance = new();

        public override string ToString() => "not given";
    }
}
