namespace TorchInit.Syntax;

/// <summary>Python's operators and methods on tensors, as calls of torch functions: <c>randn(5) * 0.02</c> is <c>mul(randn(5), 0.02)</c>,
/// <c>x[0]</c> is <c>getitem(x, 0)</c>.</summary>
static class TensorOperators
{
    /// <summary>Whether a value is a call that returns a tensor.</summary>
    public static bool IsTensor(TorchValue value) => value is TorchCall call && TensorTable.IsTensor(call);

    /// <summary>left symbol right; null if neither is a tensor.</summary>
    public static TorchCall? Of(string symbol, TorchValue left, TorchValue right)
    {
        if (MayBeTensor(left)) { return NameOf(symbol) is { } name ? Called(name, left, right) : null; }
        if (!MayBeTensor(right)) { return null; }
        return symbol switch
        {
            "+" => Called("add", right, left),
            "-" => Called("rsub", right, left),
            "*" => Called("mul", right, left),
            "/" => Called("mul", Called("reciprocal", right), left),          // the way torch divides a number by a tensor
            "<" => Called("gt", right, left),
            "<=" => Called("ge", right, left),
            ">" => Called("lt", right, left),
            ">=" => Called("le", right, left),
            "==" => Called("eq", right, left),
            "!=" => Called("ne", right, left),
            "**" => Called("rpow", right, left),
            "//" => Called("rfloordiv", right, left),
            "%" => Called("rmod", right, left),
            _ => null,
        };
    }

    /// <summary>left symbol= right, in place; null for an operator that tensors lack.</summary>
    public static TorchCall? InPlace(string symbol, TorchValue left, TorchValue right)
        => NameOf(symbol) is { } name && !char.IsAsciiLetterLower(symbol[0]) ? Called($"{name}_", left, right) : null;

    /// <summary>−tensor.</summary>
    public static TorchCall Negative(TorchValue tensor) => Called("neg", tensor);

    /// <summary>tensor[index], where a slice is <c>slice(start, stop, step)</c>.</summary>
    public static TorchCall Item(TorchValue tensor, TorchValue index) => Called("getitem", tensor, index);

    /// <summary>tensor[index] = value.</summary>
    public static TorchCall SetItem(TorchValue tensor, TorchValue index, TorchValue value) => Called("setitem", tensor, index, value);

    /// <summary>tensor.name(arguments).</summary>
    public static TorchCall Method(TorchValue tensor, string name, IReadOnlyList<TorchValue> arguments,
        IReadOnlyList<TorchKeyword> keywords)
        => name is "float" or "int" or "bool" && arguments.Count == 0
            ? Called("to", tensor, new TorchDType(name == "bool" ? DType.Bool : name == "int" ? DType.Int32 : DType.Float32))
            : new(name, [tensor, .. arguments], keywords);

    /// <summary>tensor.name; null if tensors have no such attribute.</summary>
    public static TorchCall? Member(TorchValue tensor, string name) => name switch
    {
        "T" => Called("t", tensor),
        "mT" => Called("transpose", tensor, new TorchInt(-2), new TorchInt(-1)),
        _ => null,
    };

    /// <summary>The function that a module applies to its input, followed by its own arguments; null for other modules.</summary>
    public static string? Applied(string module) => PythonName.WithoutTorch(module) == "Dropout" ? "dropout" : null;

    /// <summary>A tensor, or a module's attribute, which may be one.</summary>
    static bool MayBeTensor(TorchValue value) => IsTensor(value) || value is TorchMember;

    static string? NameOf(string symbol) => symbol switch
    {
        "+" => "add",
        "-" => "sub",
        "*" => "mul",
        "/" => "div",
        "//" => "floor_divide",
        "%" => "remainder",
        "**" => "pow",
        "<" => "lt",
        "<=" => "le",
        ">" => "gt",
        ">=" => "ge",
        "==" => "eq",
        "!=" => "ne",
        _ => null,
    };

    static TorchCall Called(string name, params TorchValue[] arguments) => new(name, arguments);
}
