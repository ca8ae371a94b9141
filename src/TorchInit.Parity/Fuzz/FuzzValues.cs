using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Random arguments in Python's spelling: what users write, and now and then anything else.</summary>
sealed class FuzzValues(FuzzRandom random)
{
    static readonly string[] s_odd =
    [
        "None", "True", "False", "0", "1", "-1", "2", "-7", "2.5", "3.0", "0.0", "-0.0", "-1.5", "''", "'x'", "'3'", "'relu'", "'zeros'",
        "()", "(2,)", "(2, 3)", "(2, 3, 4)", "[]", "[3]",
        "[2, 3]", "[[2]]", "('a',)", "(None,)", "(True, 2)", "(2.0, 3)", "inf", "-inf", "nan", "1e39", "1e300", "1e-320",
        "9007199254740993", "3.5e38", "ReLU()", "Linear(2, 3)",
    ];

    static readonly int[] s_sizes = [1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 17, 24, 33, 64];

    static readonly Dictionary<string, string[]> s_usual = new(StringComparer.Ordinal)
    {
        ["groups"] = ["1", "1", "1", "2", "3", "4"],
        ["heads"] = ["1", "1", "2", "4", "3"],
        ["embed"] = ["4", "8", "8", "12", "6"],
        ["layers"] = ["1", "1", "2", "3", "0"],
        ["small"] = ["0", "0", "1", "2", "3"],
        ["flag"] = ["True", "False", "False", "0", "1"],
        ["share"] = ["0.0", "0.1", "0.5", "1", "0", "1.0", "1.5", "-0.1"],
        ["mode"] = ["'zeros'", "'zeros'", "'reflect'", "'replicate'", "'circular'", "'mirror'"],
        ["bag"] = ["'mean'", "'sum'", "'max'"],
        ["tanh"] = ["'tanh'", "'relu'"],
        ["relu"] = ["'relu'", "'gelu'", "'tanh'"],
        ["fan"] = ["'fan_in'", "'fan_out'", "'FAN_IN'", "'fan_avg'"],
        ["nonlinearity"] = ["'leaky_relu'", "'leaky_relu'", "'relu'", "'tanh'", "'linear'", "'selu'", "'sigmoid'", "'conv2d'", "'gelu'"],
        ["number"] = ["0", "1", "0.5", "-0.5", "1.0", "2.0", "1e-5", "0.02", "-1", "3", "5", "0.1", "-0.0"],
        ["index"] = ["0", "1", "2", "-1", "-2", "5", "64", "-65"],
        ["dim"] = ["0", "1", "-1", "None", "2", "-2", "3", "-3", "5"],
        ["name"] = ["'weight'", "'weight'", "'weight'", "'bias'", "'weight_ih_l0'", "'weight_hh'", "'in_proj_weight'", "'running_mean'",
            "'nothing'"],
        ["device"] = ["None", "'cpu'"],
        ["dtype"] = ["None", "torch.float32", "torch.float64", "torch.float64", "torch.bfloat16", "torch.float16"],
        ["none"] = ["None"],
        ["reduction"] = ["'mean'", "'sum'", "'none'", "'batchmean'"],
        ["weights"] = ["None", "ones(3)", "zeros(2, 3)", "tensor([0.5, 2.0])", "tensor([[1.0], [0.1]])"],
        ["cutoffs"] = ["[2]", "[1, 2]", "(2, 4)", "[2, 25]", "[4, 2]", "[3, 3]", "[]", "[1, 3, 5]", "[0, 2]"],
    };

    /// <summary>A value of a kind named in the grammar.</summary>
    public string Usual(string kind, int rank) => kind switch
    {
        "size" => random.Chance(5) ? "0" : Size(),
        "channels" => random.Chance(4) ? "0" : random.Of(["1", "2", "3", "4", "6", "8", "12"]),
        "kernel" => random.Chance(60) ? random.Of(["1", "2", "3", "5"]) : Tuple(rank, ["1", "2", "3", "4"]),
        "stride" => random.Chance(75) ? random.Of(["1", "2", "3"]) : Tuple(rank, ["1", "2"]),
        "padding" => random.Chance(60) ? random.Of(["0", "1", "2"]) : random.Chance(50) ? random.Of(["'same'", "'valid'", "'SAME'"])
        : Tuple(rank, ["0", "1"]),
        "sizes" => random.Chance(50) ? Size() : Tuple(1 + random.Below(3), ["1", "2", "3", "5", "6", "0"]),
        "shape" => Shape(),
        "any" => Odd(),
        _ => random.Of(s_usual[kind]),
    };

    /// <summary>Anything that Python can pass.</summary>
    public string Odd() => random.Of(s_odd);

    string Size() => random.Of(s_sizes).ToString(CultureInfo.InvariantCulture);

    string Tuple(int rank, string[] items)
    {
        int count = random.Chance(88) ? Math.Max(rank, 1) : random.Below(4);
        string inside = string.Join(", ", Enumerable.Range(0, count).Select(_ => random.Of(items)));
        return random.Chance(30) ? $"[{inside}]" : count == 1 ? $"({inside},)" : $"({inside})";
    }

    string Shape()
    {
        int rank = random.Of([2, 2, 2, 2, 3, 4, 5, 1, 0, 6]);
        string[] sizes = [.. Enumerable.Range(0, rank).Select(_ => rank < 4 ? (random.Chance(6) ? "0" : Size())
            : random.Of(["1", "2", "3", "4"]))];
        return rank == 1 ? $"({sizes[0]},)" : $"({string.Join(", ", sizes)}){(rank == 2 && random.Chance(15) ? ".T" : "")}";
    }
}
