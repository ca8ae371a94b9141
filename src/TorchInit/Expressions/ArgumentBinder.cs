namespace TorchInit;

/// <summary>Binds a call's arguments to a Python signature, by Python's rules and with Python's errors.</summary>
public static class ArgumentBinder
{
    /// <summary>Gives every parameter of <paramref name="signature"/> its value.</summary>
    /// <param name="call">The call.</param>
    /// <param name="signature">
    /// As after Python's <c>def</c>, without self and types: <c>in_features, out_features, bias=True</c>; after <c>*</c> keyword-only parameters,
    /// <c>*args</c> takes the positional arguments that are left.
    /// </param>
    /// <exception cref="TorchArgumentException">A TypeError of Python's: an unexpected, repeated, surplus or missing argument.</exception>
    /// <exception cref="FormatException"><paramref name="signature"/> is none.</exception>
    public static BoundArguments Bind(TorchCall call, string signature)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(signature);
        Signature parameters = Signature.Parse(signature);
        Dictionary<string, TorchValue> given = new(StringComparer.Ordinal);
        // Python's order: positional arguments, keywords, then what is too much, then what is missing.
        foreach ((SignatureParameter parameter, TorchValue value) in parameters.Positional.Zip(call.Arguments)) { given.Add(parameter.Name, value); }
        BindKeywords(call, parameters, given);
        BindSurplus(call, parameters, given);
        ThrowIfMissing(call, parameters.Positional, given, "positional");
        ThrowIfMissing(call, parameters.KeywordOnly, given, "keyword-only");
        HashSet<string> names = new(given.Keys, StringComparer.Ordinal);
        foreach (SignatureParameter parameter in parameters.All) { given.TryAdd(parameter.Name, parameter.Default!); }
        return new BoundArguments(call, given, names);
    }

    static void BindKeywords(TorchCall call, Signature parameters, Dictionary<string, TorchValue> given)
    {
        foreach (TorchKeyword keyword in call.Keywords)
        {
            if (!parameters.All.Any(parameter => parameter.Name == keyword.Name))
            {
                throw TypeError(keyword.Name, keyword.Value, $"the arguments of {call.Name}: {parameters}", $"{call.Name}() got an unexpected keyword argument '{keyword.Name}'");
            }
            if (!given.TryAdd(keyword.Name, keyword.Value))
            {
                throw TypeError(keyword.Name, keyword.Value, $"one value, and {given[keyword.Name]} is given by position", $"{call.Name}() got multiple values for argument '{keyword.Name}'");
            }
        }
    }

    static void BindSurplus(TorchCall call, Signature parameters, Dictionary<string, TorchValue> given)
    {
        int most = parameters.Positional.Count;
        TorchValue[] surplus = [.. call.Arguments.Skip(most)];
        if (parameters.Variadic is not null) { given.Add(parameters.Variadic, new TorchTuple(surplus)); }
        else if (surplus.Length > 0)
        {
            int least = parameters.Positional.Count(parameter => parameter.Default is null);
            string range = least == most ? $"{most}" : $"from {least} to {most}";
            throw TypeError($"positional argument {most + 1}", surplus[0], $"the arguments of {call.Name}: {parameters}",
                $"{call.Name}() takes {range} positional argument{(most == 1 && least == most ? "" : "s")} but {call.Arguments.Count} {(call.Arguments.Count == 1 ? "was" : "were")} given");
        }
    }

    static void ThrowIfMissing(TorchCall call, IReadOnlyList<SignatureParameter> parameters, Dictionary<string, TorchValue> given, string kind)
    {
        string[] missing = [.. parameters.Where(parameter => parameter.Default is null && !given.ContainsKey(parameter.Name)).Select(parameter => parameter.Name)];
        if (missing.Length == 0) { return; }
        string[] quoted = [.. missing.Select(name => $"'{name}'")];
        string list = quoted.Length switch
        {
            1 => quoted[0],
            2 => $"{quoted[0]} and {quoted[1]}",
            _ => $"{string.Join(", ", quoted[..^1])}, and {quoted[^1]}",
        };
        throw TypeError(missing[0], NotGiven.Instance, "a value, because it has no default", $"{call.Name}() missing {missing.Length} required {kind} argument{(missing.Length == 1 ? "" : "s")}: {list}");
    }

    internal static TorchArgumentException TypeError(string argument, object? value, string allowed, string message) => new(argument, value, allowed, "TypeError", message);

    sealed class NotGiven
    {
        public static readonly NotGiven Instance = new();

        public override string ToString() => "not given";
    }
}
