using System.Globalization;

namespace TorchInit.Parity;

/// <summary>What torch draws besides initial weights, in live torch: every draw in every dtype that it has, in sizes around blocks and
/// vectors; and arithmetic on what was drawn.</summary>
public static class DrawTable
{
    static readonly string[] s_floats = ["float32", "float64", "float16", "bfloat16"];
    static readonly string[] s_integers = ["uint8", "int8", "int16", "int32", "int64"];
    static readonly int[] s_sizes = [0, 1, 5, 15, 16, 17, 100, 1000];

    /// <summary>All groups. Their cases give the dtype in the expression; the default dtype is float32, with two seeds.</summary>
    public static IReadOnlyList<CaseGroup> Groups { get; } =
    [
        new("Uniform and normal", [.. Sized("rand({0}, dtype=torch.{1})", s_floats), .. Sized("randn({0}, dtype=torch.{1})", s_floats),
            .. Shapes]),
        new("Laws",
        [
            .. Sized("empty({0}, dtype=torch.{1}).exponential_(1.5)", s_floats),
            .. Sized("empty({0}, dtype=torch.{1}).cauchy_(0.2, 1.3)", s_floats),
            .. Sized("empty({0}, dtype=torch.{1}).log_normal_(0.3, 0.7)", s_floats),
            .. Sized("empty({0}, dtype=torch.{1}).geometric_(0.3)", [.. s_floats, .. s_integers]),
        ]),
        new("Whole numbers",
        [
            .. Sized("empty({0}, dtype=torch.{1}).random_()", [.. s_floats, .. s_integers, "bool"]),
            .. Sized("randint(0, 100, ({0},), dtype=torch.{1})", [.. s_floats, .. s_integers]),
            .. Sized("empty({0}, dtype=torch.{1}).random_(-5, 90)", [.. s_floats, "int8", "int16", "int32", "int64"]),
            .. Ranges, .. Sized("randperm({0}, dtype=torch.{1})", ["float32", "float64", "int32", "int64"]),
        ]),
        new("Bernoulli and dropout",
        [
            .. Sized("empty({0}, dtype=torch.{1}).bernoulli_(0.3)", [.. s_floats, .. s_integers, "bool"]),
            .. Sized("bernoulli(rand({0}, dtype=torch.{1}))", s_floats), .. Sized("F.dropout(rand({0}, dtype=torch.{1}), 0.1)", s_floats),
            .. Sized("empty({0}, dtype=torch.{1}).bernoulli_(rand({0}))", ["float32", "float64", "int64", "bool"]), .. Dropouts,
        ]),
        new("Normals with tensors",
        [
            .. Sized("normal(rand({0}, dtype=torch.{1}), 2.0)", s_floats), .. Sized("normal(1.5, rand({0}, dtype=torch.{1}))", s_floats),
            .. Sized("normal(arange({0}, dtype=torch.{1}), rand({0}, dtype=torch.{1}))", ["float32", "float64"]),
        ]),
        new("Multinomial and samplers", [.. Multinomials, .. Samplers]),
        new("Arithmetic", [.. Sized("randn({0}, dtype=torch.{1}) * 0.02", s_floats), .. Arithmetic]),
        new("One stream", Streams),
        new("Refusals", Refused),
    ];

    static string[] Shapes =>
    [
        "torch.rand(3, 2)", "torch.rand((3, 2))", "rand([2, 3, 4])", "rand(())", "randn(2, 3, 4)", "randn(0, 3)",
        "rand_like(empty(5, 7).t())",
        "randn_like(empty(5, 40).t())", "randn_like(rand(3, 5))", "rand_like(zeros(4, dtype=torch.float64))", "randint_like(ones(20), 5)",
        "randint_like(ones(20), 2, 5)", "normal(0.5, 2.0, (3, 7))", "rand(3, 5).t()", "rand(3, 5).T", "torch.rand(4, 3).view(3, 4)",
        "rand(12).reshape(3, -1)", "torch.Parameter(torch.randn(5) * 0.02)", "empty(3, 4).uniform_(-0.3, 0.41)",
        "empty(4, 5).t().normal_(0.5, 2)",
        "zeros(4)", "ones(2, 3)", "full((2, 2), 1.5)", "arange(5)", "arange(2.0, 9.0, 3)", "tensor([[1.0, 2.5], [3.0, -4.0]])",
        "torch.tensor([1, 2])",
        "randint(5, (3,))", "randint(3, 9, (2, 2))", "randint(high=7, size=(4,))", "randint(low=2, high=7, size=(4,))", "full((2,), 3)",
    ];

    static string[] Ranges =>
    [
        "empty(50, dtype=torch.int64).random_(-9223372036854775808, None)",
        "empty(50, dtype=torch.float64).random_(-9223372036854775808, None)",
        "empty(50, dtype=torch.float32).random_(-9223372036854775808, None)",
        "empty(50, dtype=torch.bfloat16).random_(-9223372036854775808, None)",
        "empty(50, dtype=torch.int32).random_(5, None)", "empty(50, dtype=torch.float32).random_(5, None)",
        "empty(50, dtype=torch.int64).random_(5, None)",
        "empty(50, dtype=torch.float16).random_(0, 2000)", "empty(50, dtype=torch.bfloat16).random_(-200, 200)", "empty(50).random_(7)",
        "randint(0, 268435455, (50,))", "randint(0, 268435456, (50,))", "randint(0, 4294967295, (50,))", "randint(0, 4294967296, (50,))",
        "randint(-1099511627776, 35184372088832, (50,))", "randint(-9223372036854775808, 9223372036854775807, (50,))",
        "empty(50, dtype=torch.float64).random_(0, 9007199254740992)", "empty(50, dtype=torch.float64).random_(0, 9007199254740993)",
        "empty(50, dtype=torch.float32).random_(0, 16777217)", "empty(50, dtype=torch.float32).random_(-16777218, 5)",
        "empty(50, dtype=torch.float16).random_(0, 5000)", "empty(50, dtype=torch.bfloat16).random_(0, 1000)",
        "empty(50, dtype=torch.bool).random_(0, 2)",
    ];

    static string[] Dropouts =>
    [
        "dropout(ones(20), 0.5)", "dropout(ones(20), 0.0)", "dropout(ones(20), 1.0)", "dropout(ones(20), 0.5, False)",
        "nn.Dropout(0.5)(torch.ones(6, 6))",
        "nn.Dropout()(randn(20))", "nn.Dropout(p=0.25)(torch.randn(3, 5))", "dropout(randn(4, 6).t(), 0.3)", "bernoulli(zeros(5), 0.5)",
    ];

    static string[] Multinomials =>
    [
        .. from size in new[] { 1, 2, 5, 40, 1000 }
           from call in new[]
           {
               "multinomial(ones({0}), 1)", "multinomial(rand({0}) + 0.1, 1)", "multinomial(ones({0}), 30, replacement=True)",
               "multinomial(rand({0}) + 0.1, 30, True)", "multinomial(rand({0}, dtype=torch.float64) + 0.1, 30, True)",
               "multinomial(rand({0}, dtype=torch.bfloat16) + 0.1, 30, True)", "multinomial(rand(3, {0}) + 0.1, 7, True)",
               "multinomial(rand(3, {0}, dtype=torch.float64) + 0.1, 1)",
           }
           select string.Format(CultureInfo.InvariantCulture, call, size),
        "multinomial(tensor([1.0, 0.0, 0.0, 2.0, 0.0]), 4)", "multinomial(rand(300, dtype=torch.bfloat16) + 0.1, 300)",
        "multinomial(rand(3000, dtype=torch.bfloat16) + 0.1, 20)", "multinomial(rand(20, dtype=torch.bfloat16) + 0.1, 15)",
        "multinomial(ones(20000), 20000)", "multinomial(clamp(rand(500) - 0.5, min=0.0), 480)",
        "multinomial(clamp(rand(2000) - 0.9, min=0.0), 2000)",
        "multinomial(ones(5), 5)", "multinomial(rand(40), 3)", "multinomial(rand(1000), 20)", "multinomial(rand(1000), 999)",
        "multinomial(rand(4, 50, dtype=torch.float64), 50)", "multinomial(tensor([1.0, 0.0, 3.0]), 2)",
    ];

    static string[] Loaders =>
    [
        "DataLoader(range(10), batch_size=4)", "list(DataLoader(range(10), batch_size=4, shuffle=True))",
        "torch.utils.data.DataLoader(range(33), 8, True, drop_last=True)", "DataLoader(range(3), shuffle=True)",
        "DataLoader(range(7), batch_size=3, sampler=SubsetRandomSampler(range(7)))",
        "DataLoader(range(7), sampler=RandomSampler(range(7), replacement=True, num_samples=9), batch_size=4)",
        "DataLoader(range(7), 10, sampler=WeightedRandomSampler([0.5, 1.5], 12))",
        .. from call in new[]
           {
               "random_split(range(10), [3, 7], generator={0})", "random_split(range(30), [0.3, 0.3, 0.4], generator={0})",
               "RandomSampler(range(20), generator={0})", "RandomSampler(range(20), num_samples=45, generator={0})",
               "RandomSampler(range(20), True, 70, {0})", "SubsetRandomSampler(range(20), {0})",
               "WeightedRandomSampler([0.5, 1.5, 2.5], 40, generator={0})", "randperm(30, generator={0})",
               "randint(0, 9, (2, 5), generator={0})", "DataLoader(range(33), 8, shuffle=True, generator={0})",
               "DataLoader(range(9), 4, generator={0})", "DataLoader(range(9), 4, sampler=RandomSampler(range(9)), generator={0})",
           }
           from generator in new[] { "torch.Generator().manual_seed(42)", "torch.Generator()" }
           select string.Format(CultureInfo.InvariantCulture, call, generator),
    ];

    static string[] Samplers =>
    [
        .. from size in new[] { 1, 4, 33, 250 }
           from call in new[]
           {
               "list(RandomSampler(range({0})))", "RandomSampler(range({0}), num_samples=70)",
               "RandomSampler(range({0}), replacement=True, num_samples=70)",
               "torch.utils.data.SubsetRandomSampler(range({0}))", "random_split(range({0}), [1, {1}])",
           }
           select string.Format(CultureInfo.InvariantCulture, call, size, size - 1),
        "WeightedRandomSampler([0.5, 1.5, 2.5], 40)", "WeightedRandomSampler([0.5, 1.5, 2.5], 2, replacement=False)",
        "WeightedRandomSampler([1, 2], 1)",
        "random_split(range(10), [10])", "random_split(range(31), [0.5, 0.25, 0.25])", "random_split(range(3), [0.5, 0.5])",
        .. Loaders,
    ];

    static string[] Arithmetic =>
    [
        .. from dtype in s_floats
           from call in new[]
           {
               "randn(200, dtype=torch.{0}) * 1.6666666666666667 / math.sqrt(30)", "randn(200, dtype=torch.{0}) / 0.7123456789",
               "rand(200, dtype=torch.{0}) * 2 - 1", "1 - rand(200, dtype=torch.{0})", "1 / (rand(200, dtype=torch.{0}) + 0.5)",
               "0.3 + randn(200, dtype=torch.{0})", "0.1 * randn(200, dtype=torch.{0})", "-randn(200, dtype=torch.{0})",
               "randn(200, dtype=torch.{0}).abs().sqrt()", "randn(200, dtype=torch.{0}) ** 2", "abs(randn(200, dtype=torch.{0})) ** 0.5",
               "randn(200, dtype=torch.{0}) * rand(200, dtype=torch.{0})",
               "randn(200, dtype=torch.{0}) / (rand(200, dtype=torch.{0}) + 0.1)",
               "randn(20, 10, dtype=torch.{0}).t() * 0.5 + 0.1", "randn(200, dtype=torch.{0}).mul_(3).add_(0.7).div_(1.3).sub_(0.2)",
               "randn(200, dtype=torch.{0}) - randn(200, dtype=torch.{0})",
               "empty(200, dtype=torch.{0}).uniform_(-1, 1).square().reciprocal()",
           }
           select string.Format(CultureInfo.InvariantCulture, call, dtype),
        .. from dtype in new[] { "float32", "float64", "bfloat16", "float16" }
           from call in new[]
           {
               "randn(200, dtype=torch.{0}).clamp(-0.51234, 0.71234)", "randn(200, dtype=torch.{0}).clamp_(min=0.1)",
               "clamp(randn(50, dtype=torch.{0}), max=0.1)",
           }
           select string.Format(CultureInfo.InvariantCulture, call, dtype),
        "randn(200).exp()", "rand(200, dtype=torch.float64).log()", "rand(200, dtype=torch.bfloat16).exp().log()",
        "empty(200).uniform_(-1, 1).erfinv()",
        "torch.randn(200, 30) * 1.6666666666666667 / math.sqrt(30)", "ParameterList([torch.randn(3), torch.rand(2, 2) * 0.1])",
        "randn(5) + 1",
    ];

    /// <summary>Several draws on one generator: a cached normal survives draws that do not use it.</summary>
    static string[] Streams =>
    [
        "randn(3); empty(4).log_normal_(); rand(5); randn(1); empty(3).exponential_(); randn(20); randn(5)",
        "empty(3).log_normal_(); randint(0, 9, (7,)); Linear(3, 4); empty(1).log_normal_(); randn(2); randperm(9); randn(1)",
        "randn(1); F.dropout(ones(5), 0.5); multinomial(ones(4), 2); list(RandomSampler(range(9))); randn(1)",
        "randn(5) * 0.5; randn(1) + 1; normal(rand(3), 2.0); randn(1)", "randn_like(empty(3, 7).t()); randn(1); rand(3); randn(1)",
    ];

    static string[] Refused =>
    [
        "empty(2).exponential_(0.0)", "empty(2).exponential_(-1.0)", "empty(0).exponential_(-1.0)",
        "empty(2, dtype=torch.int64).exponential_()",
        "empty(2, dtype=torch.int64).cauchy_()", "empty(2).cauchy_(0, -1)", "empty(2).cauchy_(0, 0)", "empty(2).log_normal_(0, 0)",
        "empty(2).log_normal_(1, -1)", "empty(2, dtype=torch.int64).log_normal_()", "empty(2).geometric_(0)", "empty(2).geometric_(1)",
        "empty(2, dtype=torch.bool).geometric_(0.5)", "empty(2).bernoulli_(1.5)", "empty(2).bernoulli_(-0.1)", "empty(0).bernoulli_(2)",
        "bernoulli(tensor([1, 0]))", "bernoulli(tensor([0.5, 1.5]))", "empty(2).bernoulli_(tensor([0.5, 2.0]))", "empty(3).random_(0)",
        "empty(3).random_(5, 5)", "empty(3, dtype=torch.int8).random_(0, 200)", "empty(3, dtype=torch.uint8).random_(-1, 5)",
        "empty(3, dtype=torch.bool).random_(0, 3)", "empty(3, dtype=torch.float16).random_(0, 70000)",
        "empty(3, dtype=torch.int32).random_(-9223372036854775808, None)", "empty(3, dtype=torch.float16).random_(2049, None)",
        "empty(0).random_(5, 3)",
        "randint(5, 3, (3,))", "randint(0, 300, (3,), dtype=torch.uint8)", "rand(3, dtype=torch.int64)", "randn(3, dtype=torch.int64)",
        "rand(-1)",
        "multinomial(ones(3), 4)", "multinomial(zeros(3), 1)", "multinomial(tensor([1.0, -1.0]), 1)", "multinomial(ones(2, 2, 2), 1)",
        "multinomial(ones(3), 0)", "multinomial(tensor([1, 2]), 1)", "multinomial(zeros(3), 2, True)", "normal(zeros(2), -1.0)",
        "normal(0.0, tensor([1.0, -1.0]))", "dropout(ones(3), 1.1)", "randperm(300, dtype=torch.uint8)", "randperm(5, dtype=torch.bool)",
        "randperm(-1)",
        "list(RandomSampler(range(0)))", "rand_like(ones(2, dtype=torch.int64))", "RandomSampler(range(4), num_samples=0)", "arange(5, 2)",
    ];

    /// <summary>Every case of a group, with two seeds.</summary>
    /// <param name="row">A row of <see cref="Groups"/>.</param>
    public static IEnumerable<ParityCase> Cases(CaseGroup row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return from expression in row.Expressions from seed in new[] { "0", "42" } select new ParityCase(expression, DType.Float32, seed);
    }

    static IEnumerable<string> Sized(string call, string[] dtypes)
        => from dtype in dtypes from size in s_sizes select string.Format(CultureInfo.InvariantCulture, call, size, dtype);
}
