using System.Globalization;
using System.Text.Json;

namespace TorchInit.Oracle;

/// <summary>A call that draws by one ATen operation: the fill itself, or the few lines of Python around it in torch.nn.init.</summary>
sealed class LibtorchCall
{
    static readonly string[] s_known =
        ["uniform_", "normal_", "init.uniform_", "init.normal_", "init.xavier_uniform_", "init.xavier_normal_", "init.kaiming_uniform_",
            "init.kaiming_normal_"];

    readonly Dictionary<string, JsonElement> _arguments = [];

    LibtorchCall(JsonElement call)
    {
        Name = call.GetProperty("call").GetString() ?? "";
        if (!s_known.Contains(Name) && Name != "randperm") { throw new NotAskedException($"libtorch has only kernels, no {Name}"); }
        if (call.TryGetProperty("forward", out _)) { throw new NotAskedException("kernels have no forward"); }
        string[] names = Names(Name);
        int at = 0;
        if (call.TryGetProperty("args", out JsonElement args))
        {
            foreach (JsonElement value in args.EnumerateArray()) { Bind(at < names.Length ? names[at++] : "", value); }
        }
        if (call.TryGetProperty("kwargs", out JsonElement kwargs))
        {
            foreach (JsonProperty named in kwargs.EnumerateObject()) { Bind(names.Contains(named.Name) ? named.Name : "", named.Value); }
        }
    }

    /// <summary>Torch's name of the call.</summary>
    public string Name { get; }

    /// <summary>The ATen operation.</summary>
    public string Operation => Name.Contains("uniform", StringComparison.Ordinal) ? "aten::uniform_" : "aten::normal_";

    /// <summary>Reads a call.</summary>
    /// <exception cref="NotAskedException">Kernels alone cannot answer it.</exception>
    public static LibtorchCall Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement call = document.RootElement.Clone();
        return Known(() => new LibtorchCall(call));
    }

    static T Known<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new NotAskedException("the call has an unknown form");
        }
    }

    /// <summary>The length of a randperm.</summary>
    public int Length() => Value("n") is { ValueKind: JsonValueKind.Number } n && n.TryGetInt32(out int length) && length >= 0
        ? length : throw new NotAskedException("randperm's n is not an int32 of 0 or more");

    /// <summary>The tensor to fill, with the request's dtype.</summary>
    public LibtorchTensor Tensor(string dtype) => Known(() => Shaped(dtype));

    LibtorchTensor Shaped(string dtype)
    {
        JsonElement tensor = Value("tensor") ?? throw new NotAskedException("there is no tensor");
        bool transposed = tensor.TryGetProperty("transpose", out JsonElement inner);
        if (!(transposed ? inner : tensor).TryGetProperty("tuple", out JsonElement sizes))
        {
            throw new NotAskedException("the tensor is not given by its shape");
        }
        return LibtorchTensor.Of(dtype, [.. sizes.EnumerateArray().Select(size => size.GetInt64())], transposed);
    }

    /// <summary>The operation's two arguments, computed in double as by torch.nn.init.</summary>
    public (double First, double Second) Numbers(LibtorchTensor tensor)
    {
        if (Name.EndsWith("xavier_uniform_", StringComparison.Ordinal)) { return Symmetric(Xavier(tensor)); }
        if (Name.EndsWith("xavier_normal_", StringComparison.Ordinal)) { return (0, Xavier(tensor)); }
        if (Name.EndsWith("kaiming_uniform_", StringComparison.Ordinal)) { return Symmetric(Kaiming(tensor)); }
        if (Name.EndsWith("kaiming_normal_", StringComparison.Ordinal)) { return (0, Kaiming(tensor)); }
        (double first, double second) = (Number(Names(Name)[1], 0), Number(Names(Name)[2], 1));
        double most = tensor.DType switch
        {
            "float16" => 65504,
            "bfloat16" => 3.3895313892515355e38,
            "float32" => float.MaxValue,
            _ => double.MaxValue,
        };
        bool allowed = Operation == "aten::uniform_"
            ? first <= second && Math.Abs(first) <= most && Math.Abs(second) <= most && second - first <= most
            : second >= 0 && !double.IsNaN(first);
        return allowed ? (first, second) : throw new NotAskedException("torch would refuse the numbers, but C gives no reason");
    }

    static (double, double) Symmetric(double std)
    {
        double bound = Math.Sqrt(3.0) * std;
        return (-bound, bound);
    }

    double Xavier(LibtorchTensor tensor)
    {
        (double fanIn, double fanOut) = Fans(tensor);
        return Positive(Number("gain", 1) * Math.Sqrt(2.0 / (fanIn + fanOut)));
    }

    double Kaiming(LibtorchTensor tensor)
    {
        (double fanIn, double fanOut) = Fans(tensor);
        double fan = Text("mode", "fan_in") switch
        {
            "fan_in" => fanIn,
            "fan_out" => fanOut,
            _ => throw new NotAskedException("the mode is unknown"),
        };
        double slope = Number("a", 0);
        double gain = Text("nonlinearity", "leaky_relu") switch
        {
            "linear" or "conv1d" or "conv2d" or "conv3d" or "sigmoid" => 1,
            "tanh" => 5.0 / 3,
            "relu" => Math.Sqrt(2.0),
            "leaky_relu" => Math.Sqrt(2.0 / (1 + (slope * slope))),
            "selu" => 3.0 / 4,
            _ => throw new NotAskedException("an unknown nonlinearity"),
        };
        return Positive(gain / Math.Sqrt(fan));
    }

    static (double In, double Out) Fans(LibtorchTensor tensor)
    {
        if (tensor.Sizes.Length < 2 || tensor.Count == 0) { throw new NotAskedException("torch refuses or warns, and kernels do neither"); }
        double kernel = tensor.Sizes.Skip(2).Aggregate(1.0, (product, size) => product * size);
        return (tensor.Sizes[1] * kernel, tensor.Sizes[0] * kernel);
    }

    static double Positive(double std) => std >= 0 && double.IsFinite(std) ? std
        : throw new NotAskedException("torch would refuse the numbers, but C gives no reason");

    static string[] Names(string call) => call switch
    {
        "uniform_" => ["tensor", "from", "to"],
        "init.uniform_" => ["tensor", "a", "b"],
        "normal_" or "init.normal_" => ["tensor", "mean", "std"],
        "init.xavier_uniform_" or "init.xavier_normal_" => ["tensor", "gain"],
        "randperm" => ["n"],
        _ => ["tensor", "a", "mode", "nonlinearity"],
    };

    void Bind(string name, JsonElement value)
    {
        if (name.Length == 0 || !_arguments.TryAdd(name, value)) { throw new NotAskedException("an argument is unknown"); }
    }

    JsonElement? Value(string name) => _arguments.TryGetValue(name, out JsonElement value) ? value : null;

    double Number(string name, double otherwise) => Value(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.Object } real when real.TryGetProperty("float", out JsonElement text)
            && double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) => value,
        _ => throw new NotAskedException($"{name} is not a number"),
    };

    string Text(string name, string otherwise) => Value(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        _ => throw new NotAskedException($"{name} is not a string"),
    };
}
