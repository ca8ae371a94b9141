namespace TorchInit.Syntax;

/// <summary>Python's operators and methods of tensors, as calls of torch's functions: <c>randn(5) * 0.02</c> is <c>mul(randn(5),
/// 0.02)</c>.</summary>
static class TensorOperators
{
    /// <summary>Whether a value is a call that gives a tensor.</summary>
    public static bool IsTensor(TorchValue value) => value is TorchCall call && TensorTable.IsTensor(call);

    /// <summary>left symbol right; null where neither is a tensor.</summary>
    public static TorchCall? Of(string symbol, TorchValue left, TorchValue right)
    {
        if (IsTensor(left))
        {
            string? name = symbol switch { "+" => "add", "-" => "sub", "*" => "mul", "/" => "div", "**" => "pow", _ => null };
            return name is null ? null : Called(name, left, right);
        }
        if (!IsTensor(right)) { return null; }
        return symbol switch
        {
            "+" => Called("add", right, left),
            "-" => Called("rsub", right, left),
            "*" => Called("mul", right, left),
            "/" => Called("mul", Called("reciprocal", right), left),          // as torch divides a number by a tensor
            _ => null,
        };
    }

    /// <summary>−tensor.</summary>
    public static TorchCall Negative(TorchCall tensor) => Called("neg", tensor);

    /// <summary>tensor.name(arguments).</summary>
    public static TorchCall Method(TorchCall tensor, string name, IReadOnlyList<TorchValue> arguments, IReadOnlyList<TorchKeyword> keywords)
        => new(name == "sqrt" ? "sqrt_" : name, [tensor, .. arguments], keywords);

    /// <summary>tensor.name; null for what is no tensor's.</summary>
    public static TorchCall? Member(TorchCall tensor, string name) => name == "T" ? Called("t", tensor) : null;

    /// <summary>The function that a module calls with its input and then its own arguments; null for another module.</summary>
    public static string? Applied(string module) => PythonName.WithoutTorch(module) == "Dropout" ? "dropout" : null;

    static TorchCall Called(string name, params TorchValue[] arguments) => new(name, arguments);
}
