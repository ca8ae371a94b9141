namespace TorchInit;

/// <summary>What a call is made of.</summary>
static class CallParts
{
    /// <summary>The values of all arguments, with and without a keyword.</summary>
    public static IEnumerable<TorchValue> Parts(this TorchCall call)
        => call.Arguments.Concat(call.Keywords.Select(keyword => keyword.Value));

    /// <summary>The outermost calls in a value.</summary>
    public static IEnumerable<TorchCall> Calls(this TorchValue value) => value switch
    {
        TorchCall call => [call],
        TorchList list => list.Items.SelectMany(Calls),
        TorchTuple tuple => tuple.Items.SelectMany(Calls),
        TorchDict dict => dict.Items.SelectMany(item => Calls(item.Value)),
        _ => [],
    };

    /// <summary>Whether a call keeps its arguments accessible: a module, or a parameter.</summary>
    public static bool KeepsParts(this TorchCall call)
        => !TensorTable.IsTensor(call) || call.Name is "Parameter" or "Buffer" or "ParameterList" or "ParameterDict";
}
