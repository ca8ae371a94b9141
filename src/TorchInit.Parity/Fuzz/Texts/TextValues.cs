namespace TorchInit.Parity;

/// <summary>The values that random programs choose from.</summary>
sealed class TextValues
{
    /// <summary>Shapes, most of which fit each other.</summary>
    public long[][][] Families { get; } =
    [
        [[4, 6], [1, 6], [4, 1], [6], [1], []],
        [[2, 3, 4], [3, 4], [4], [2, 1, 4], [1, 3, 1], []],
        [[5, 5], [5], [5, 1], [1, 5]],
        [[20], [20], [1], []],
        [[0, 3], [3], [1, 3], [2, 3]],
        [[17, 3], [3], [17, 1]],
    ];

    public string[] Numbers { get; } = ["0.02", "2.0", "-1.5", "0.1", "3.0", "0.0", "1e-08", "-0.7123456789", "0.5", "1.0"];

    public string[] Exponents { get; } = ["2", "0.5", "3", "1", "0", "-1", "-2", "-0.5", "2.0", "3.0"];

    public string[] Floats { get; } = ["float32", "float64", "bfloat16", "float16"];

    public string[] Wholes { get; } = ["int64", "int32", "int16", "uint8", "int8"];

    public string[] Draws { get; } = ["rand", "randn", "rand", "randn", "zeros", "ones", "arange", "randint", "full", "empty"];

    public string[] Operators { get; } = ["+", "-", "*", "/", "+", "-", "*", "/", "//", "%"];

    public string[] InPlace { get; } = ["add_", "sub_", "mul_", "div_", "floor_divide_", "remainder_"];

    public string[] Unary { get; } =
        ["abs", "neg", "sqrt", "square", "reciprocal", "rsqrt", "sign", "floor", "ceil", "trunc", "round", "relu"];

    public string[] Soft { get; } = ["exp", "log", "sin", "cos", "tanh", "sigmoid", "erfinv", "expm1"];

    public string[] Inits { get; } =
    [
        "normal_", "uniform_", "constant_", "ones_", "zeros_", "xavier_uniform_", "xavier_normal_", "kaiming_uniform_",
        "kaiming_normal_", "eye_",
    ];

    public string[] Comparisons { get; } = ["<", "<=", ">", ">=", "==", "!="];
}
