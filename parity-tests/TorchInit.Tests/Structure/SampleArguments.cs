using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace TorchInit.Tests.Structure;

/// <summary>An argument that fits for each parameter of the public API, and those that may not.</summary>
static class SampleArguments
{
    static readonly TorchProfile s_older = TorchProfile.For("1.13");
    static readonly TorchProfile s_gpu = TorchProfile.Cuda("2.11", Gpu.T4);

    /// <summary>Where calls that write a file write it.</summary>
    public static string Output { get; } = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");

    static readonly Dictionary<string, long> s_numbers = new(StringComparer.Ordinal)
    {
        ["groups"] = 1,
        ["numHeads"] = 2,
        ["nhead"] = 2,
        ["numGroups"] = 2,
        ["start"] = 0,
        ["from"] = 0,
        ["low"] = 0,
        ["rows"] = 1,
        ["dim"] = 0,
        ["paddingIdx"] = 1,
        ["multiprocessors"] = 40,
        ["threadsPerMultiprocessor"] = 1024,
        ["maxDegreeOfParallelism"] = 1,
        ["projSize"] = 1,
        ["Index"] = 1,
        ["nClasses"] = 9,
        ["maxShardBytes"] = 1000,
        ["Offset"] = 0,
        ["Neighbours"] = 8,
        ["rank"] = 1,
    };

    static readonly Dictionary<string, string> s_texts = new(StringComparer.Ordinal)
    {
        ["expression"] = "Linear(3, 4)",
        ["version"] = "2.11",
        ["device"] = "cpu",
        ["title"] = "Linear(3, 4)",
        ["signature"] = "a, b=1",
        ["argument"] = "a",
        ["source"] = "first",
        ["newName"] = "other",
    };

    public static object? Good(ParameterInfo parameter, MethodBase method)
    {
        Type type = parameter.ParameterType;
        string name = parameter.Name!, at = $"{method.DeclaringType!.Name}.{method.Name}.{name}";
        if (Special(at) is { } special) { return special; }
        if (type.IsByRef) { return null; }
        bool takesNull = !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
        if (parameter.HasDefaultValue && (parameter.DefaultValue is not null || takesNull))
        {
            return type.IsEnum ? Enum.ToObject(type, parameter.DefaultValue!) : parameter.DefaultValue;
        }
        if (type.IsByRefLike || type.IsArray) { return Array(type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0], name); }
        if (type == typeof(string)) { return s_texts.GetValueOrDefault(name, name == "path" ? Output : "weight"); }
        if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(long)) { return s_numbers.GetValueOrDefault(name, 4); }
        if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(int)) { return (int)s_numbers.GetValueOrDefault(name, 4); }
        if (type == typeof(double)) { return name == "b" ? 2.0 : 0.5; }
        return OfType(type);
    }

    static object? Special(string at) => at switch
    {
        "Shard.Parse.text" => "1/2",
        "Gpu.Parse.text" => "h100",
        "Generator.ParseSeed.text" => "5",
        "TorchProgram.Parse.text" => "Linear(3, 4)",
        "Gain.Parse.name" => "relu",
        "TorchPlatformExtensions.Parse.name" => "linux-x64",
        "DTypeExtensions.Parse.name" => "float32",
        "PlanLibrary.Load.name" => "alexnet",
        "TensorBuffer.Bytes.count" => 2,
        "TensorBuffer.Of.shape" or "Init.Eye.shape" or "Init.Sparse.shape" or "Init.Orthogonal.shape" => new long[] { 2, 3 },
        "Init.Dirac.shape" => new long[] { 1, 2, 3 },
        "Slicer.MaterializeSlice.tensor" => "weight",
        "Generator.SetState.state" => new Generator(3).GetState(),
        "StateDict.Add.name" or "PlanBuilder.Parameter.name" or "PlanBuilder.Buffer.name" or "PlanBuilder.Scratch.name"
            or "PlanBuilder.Tie.name" or "PlanBuilder.Child.name" or "PlanBuilder.Prototype.name" or "PlanBuilder.CopyOf.name" => "other",
        "PlanBuilder.CopyOf.plan" => Modules.Linear(3, 4),
        "PlanJson.Read.json" => PlanJson.Write(Modules.Linear(3, 4)),
        "Samplers.Split.lengths" => new[] { 2, 3 },
        "Safetensors.Save.stream" => new MemoryStream(),
        "Safetensors.Load.stream" or "Safetensors.LoadMetadata.stream" => new MemoryStream([2, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8]),
        "Samplers.WeightedRandom.samples" => 2,
        _ => null,
    };

    static object? OfType(Type type)
    {
        if (type == typeof(Generator)) { return new Generator(3); }
        if (type == typeof(InitPlan)) { return Modules.Linear(3, 4); }
        if (type == typeof(StateDict)) { return State(); }
        if (type == typeof(TensorBuffer)) { return TensorBuffer.Zeros(DType.Float32, [2]); }
        if (type == typeof(TorchProfile)) { return TorchProfile.Default; }
        if (type == typeof(Sizes)) { return (Sizes)3; }
        if (type == typeof(StepTarget)) { return new StepTarget("weight"); }
        if (type == typeof(InitStep)) { return new UniformStep("weight", 0, 1); }
        if (type == typeof(Gpu)) { return Gpu.T4; }
        if (type == typeof(Stream)) { return new MemoryStream([1, 2, 3]); }
        if (type == typeof(Func<string, string>)) { return (Func<string, string>)(name => $"a.{name}"); }
        if (type == typeof(Action<PlanBuilder>)) { return (Action<PlanBuilder>)(_ => { }); }
        if (type == typeof(TensorBuffer.ReadOnlySpanVisitor)) { return (TensorBuffer.ReadOnlySpanVisitor)(_ => { }); }
        if (type == typeof(TorchCall)) { return TorchExpression.Parse("Linear(3, 4)"); }
        if (type == typeof(TorchValue)) { return new TorchInt(1); }
        if (type == typeof(TorchTuple)) { return new TorchTuple(new TorchInt(1)); }
        if (type == typeof(TorchProgram)) { return TorchProgram.Parse("Linear(3, 4)"); }
        if (type == typeof(PlanBuilder)) { return new PlanBuilder().Parameter("weight", 4, 3).Prototype("first", Modules.Linear(3, 4)); }
        if (type == typeof(LazyModule)) { return Modules.LazyLinear(3); }
        if (type == typeof(BoundArguments)) { return ArgumentBinder.Bind(TorchExpression.Parse("f(1, weight=2)"), "a, weight"); }
        if (type == typeof(OpaqueTensor)) { return new OpaqueTensor("q", "U16", [1], [[1, 2]]); }
        if (type == typeof(IReadOnlyList<long>)) { return new long[] { 2 }; }
        if (type == typeof(IReadOnlyList<double>)) { return new double[] { 2 }; }
        if (type == typeof(IEnumerable<string>)) { return new[] { "weight" }; }
        if (type == typeof(IReadOnlyList<ParameterSpec>)) { return new ParameterSpec[] { new("weight", [2]) }; }
        if (type == typeof(IReadOnlyList<InitStep>)) { return new InitStep[] { new UniformStep("weight", 0, 1) }; }
        if (type == typeof(IReadOnlyList<TorchValue>)) { return new TorchValue[] { new TorchInt(1) }; }
        if (type == typeof(IReadOnlyList<KeyValuePair<string, TorchValue>>))
        {
            return new KeyValuePair<string, TorchValue>[] { new("a", new TorchInt(1)) };
        }
        return type.IsValueType ? RuntimeHelpers.GetUninitializedObject(type) : null;
    }

    static StateDict State()
    {
        StateDict state = Modules.Linear(3, 4).Materialize(0);
        state.Add("module.q", TensorBuffer.Zeros(DType.Int64, []));
        return state;
    }

    static Array Array(Type element, string name)
    {
        if (element == typeof(long)) { return name is "cutoffs" ? new long[] { 2, 4 } : new long[] { 2, 3 }; }
        if (element == typeof(float)) { return new float[] { 0.5f, 0.25f, 0.5f, 0.25f, 0.5f, 0.25f }; }
        if (element == typeof(InitPlan)) { return new InitPlan[] { Modules.Linear(3, 4) }; }
        if (element == typeof((string, InitPlan))) { return new (string, InitPlan)[] { ("a", Modules.Linear(3, 4)) }; }
        return System.Array.CreateInstance(element, 2);
    }

    /// <summary>Whose method is called.</summary>
    public static object Instance(Type type) => type == typeof(Fan) ? new Fan(2, 3) : type == typeof(Limits) ? new Limits()
        : type == typeof(TorchProfile) ? TorchProfile.Default with { }        // its properties are set
        : OfType(type) ?? RuntimeHelpers.GetUninitializedObject(type);

    /// <summary>Arguments that no method need take.</summary>
    public static IEnumerable<object?> Bad(ParameterInfo parameter)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type.IsByRef || type == typeof(CancellationToken) || type == typeof(bool)) { return []; }
        if (type == typeof(long)) { return [-1L, 0L, long.MinValue, long.MaxValue]; }
        if (type == typeof(int)) { return [-1, 0, int.MinValue, int.MaxValue]; }
        if (type == typeof(double)) { return [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1.0, 0.0, 2.0]; }
        if (type == typeof(string)) { return [null, "", "\ud800", "nonsense", "a.b", "weight", "train"]; }
        if (type.IsEnum) { return [Enum.ToObject(type, 99), Enum.ToObject(type, -1)]; }
        if (type == typeof(Sizes))
        {
            return [default(Sizes), (Sizes)(-1), (Sizes)0, (Sizes)long.MaxValue, (Sizes)(-1, 2), (Sizes)(2, 2, 2)];
        }
        if (type == typeof(Shard)) { return [default(Shard)]; }
        if (type == typeof(StepTarget))
        {
            return [null, new StepTarget("nope"), new StepTarget("weight", -1), new StepTarget("weight", 0, [99])];
        }
        if (type == typeof(TorchProfile)) { return [s_older, s_gpu]; }
        if (type == typeof(InitPlan)) { return [null, Modules.Linear(3, 4, profile: s_older), Modules.Sequential(), Modules.Linear(5, 2)]; }
        if (type == typeof(Generator)) { return [null, new Generator(1, s_older), new Generator(1, s_gpu)]; }
        if (type == typeof(Stream)) { return [null, Stream.Null, new Unseekable()]; }
        if (type == typeof(Func<string, string>)) { return [null, (Func<string, string>)(_ => null!), (Func<string, string>)(_ => "one")]; }
        if (type == typeof(IReadOnlyList<ParameterSpec>))
        {
            return [null, new ParameterSpec[] { null! }, new ParameterSpec[] { new("a", []), new("a", []) }];
        }
        if (type == typeof(IReadOnlyList<InitStep>))
        {
            return [null, new InitStep[] { null! }, new InitStep[] { new UniformStep("no", 0, 1) }];
        }
        if (type == typeof(IReadOnlyDictionary<string, string>)) { return [new Dictionary<string, string> { ["a"] = null! }]; }
        if (type.IsByRefLike || type.IsArray) { return Arrays(type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0]); }
        return type.IsValueType ? [] : [null];
    }

    static IEnumerable<object?> Arrays(Type element)
    {
        yield return System.Array.CreateInstance(element, 0);
        yield return System.Array.CreateInstance(element, 1);
        yield return System.Array.CreateInstance(element, 7);
        if (element == typeof(long))
        {
            foreach (long[] numbers in (long[][])[[-1], [-1, 3], [2, -3], [long.MaxValue, long.MaxValue], [6], [6, 1, 1, 1, 1, 1]])
            {
                yield return numbers;
            }
        }
        if (element == typeof(int)) { yield return new[] { -1, int.MaxValue, int.MaxValue }; }
        if (element == typeof(float)) { yield return new[] { float.NaN, -1f, float.PositiveInfinity, 0, 0, 0 }; }
        if (element == typeof(double)) { yield return new[] { double.NaN, -1.0, double.PositiveInfinity, 0, 0, 0 }; }
    }

    public static string Show(object? value) => value switch
    {
        null => "null",
        Array array => $"[{string.Join(", ", array.Cast<object?>())}]",
        string text => $"\"{text.Replace("\ud800", "\\ud800", StringComparison.Ordinal)}\"",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    sealed class Unseekable : MemoryStream
    {
        public override bool CanSeek => false;
    }
}
