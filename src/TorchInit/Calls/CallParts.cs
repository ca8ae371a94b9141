namespace TorchInit;

/// <summary>What a call is made of.</summary>
static class CallParts
{
    /// <summary>The values of all arguments, with and without a keyword.</summary>
    public static IEnumerable<TorchValue> Parts(this TorchCall call)
        => call.Arguments.Concat(call.Keywords.Select(keyword => keyword.Value));

    /// <summary>The outermost calls in a value.</summary>
    public static IEnumerable<TorchCall> Calls(this TorchValue value) => value.Leaves().OfType<TorchCall>();

    /// <summary>What lists, tuples and dicts contain, at any depth; any other value is itself.</summary>
    public static IEnumerable<TorchValue> Leaves(this TorchValue value) => value switch
    {
        TorchList list => list.Items.SelectMany(Leaves),
        TorchTuple tuple => tuple.Items.SelectMany(Leaves),
        TorchDict dict => dict.Items.SelectMany(item => Leaves(item.Value)),
        _ => [value],
    };

    /// <summary>Whether a call keeps its arguments accessible: a module, or a parameter.</summary>
    public static bool KeepsParts(this TorchCall call)
        => !TensorTable.IsTensor(call) || call.Name is "Parameter" or "Buffer" or "ParameterList" or "ParameterDict";
}
