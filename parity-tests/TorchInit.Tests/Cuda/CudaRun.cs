using System.Security.Cryptography;
using System.Text;

namespace TorchInit.Tests.Cuda;

/// <summary>Draws what a <see cref="CudaVector"/> describes.</summary>
static class CudaRun
{
    public static (TensorBuffer Drawn, Generator Generator) Of(CudaVector vector)
    {
        Generator generator = vector.Start(vector.Op == "init.sparse_" ? CudaVector.Profile with { IsDefaultDevice = false } : null);
        TensorBuffer drawn = TensorBuffer.Zeros(vector.DType, vector.Shape);
        switch (vector.Op)
        {
            case "randperm": TorchInit.Draws.RandPerm(drawn.AsSpan<long>(), generator); break;
            case "randint":
                long low = vector.Integer("lo");
                TorchInit.Draws.RandInt(drawn.AsSpan<long>(), generator, low, vector.Integer("hi"));
                break;
            case ['i', 'n', 'i', 't', '.', ..]: drawn = Initialized(vector, generator); break;
            default:
                switch (vector.DType)
                {
                    case DType.Float32: Fill<float>(vector, drawn, generator); break;
                    case DType.Float64: Fill<double>(vector, drawn, generator); break;
                    case DType.Float16: Fill<Half>(vector, drawn, generator); break;
                    default: Fill<BFloat16>(vector, drawn, generator); break;
                }
                break;
        }
        return (drawn, generator);
    }

    /// <summary>The normals of sparse_, before any of them becomes zero.</summary>
    public static (TensorBuffer Drawn, Generator Generator) Normals(CudaVector vector)
        => Of(vector with { Op = "normal_", Arguments = new Dictionary<string, string> { ["mean"] = "0", ["std"] = "0.01" } });

    /// <summary>One element of a fill, without the others.</summary>
    public static ulong Element(CudaVector vector, long at)
    {
        TensorBuffer element = TensorBuffer.Zeros(vector.DType, [1]);
        Generator generator = vector.Start();
        FillPart part = new(generator.Position, at, new(vector.Count));
        switch (vector.DType)
        {
            case DType.Float32: Rule(vector).Draw(element.AsSpan<float>(), part, generator); break;
            case DType.Float64: Rule(vector).Draw(element.AsSpan<double>(), part, generator); break;
            case DType.Float16: Rule(vector).Draw(element.AsSpan<Half>(), part, generator); break;
            default: Rule(vector).Draw(element.AsSpan<BFloat16>(), part, generator); break;
        }
        return Bits(element, 0);
    }

    /// <summary>uniform_ or normal_ with the vector's arguments; a view's are torch's defaults.</summary>
    public static ElementFill Rule(CudaVector vector)
    {
        FillRules rules = CudaVector.Profile.Fills;
        bool given = vector.Arguments.Count > 0;
        return vector.Op.StartsWith("uniform_", StringComparison.Ordinal)
            ? new(rules.Uniform, given ? vector.Number("a") : 0, given ? vector.Number("b") : 1)
            : new(rules.Normal, given ? vector.Number("mean") : 0, given ? vector.Number("std") : 1);
    }

    public static ulong Bits(TensorBuffer tensor, long at)
    {
        byte[] word = new byte[8];
        tensor.Bytes((int)at, 1).CopyTo(word);
        return BitConverter.ToUInt64(word);
    }

    public static string Sha256(TensorBuffer tensor) => Convert.ToHexStringLower(SHA256.HashData(tensor.Bytes(0, tensor.Count)));

    /// <summary>Over name and bytes of each entry.</summary>
    public static string Sha256(StateDict tensors)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, TensorBuffer tensor) in tensors)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(tensor.Bytes(0, tensor.Count));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static string Difference(CudaVector vector, TensorBuffer drawn)
        => vector.Bits.Where(known => Bits(drawn, known.Key) != known.Value)
            .Select(known => $"{vector} [{known.Key}]: {Bits(drawn, known.Key):x}, not {known.Value:x}")
            .FirstOrDefault($"{vector}: the recorded elements agree, others differ");

    static TensorBuffer Initialized(CudaVector vector, Generator generator)
    {
        string arguments = string.Concat(vector.Arguments.Select(argument
            => $", {argument.Key}={(char.IsLetter(argument.Value[0]) ? $"'{argument.Value}'" : argument.Value)}"));
        InitPlan plan = InitPlan.Of($"{vector.Op}({TensorShape.Text(vector.Shape)}{arguments})", generator.Profile);
        return plan.Materialize(generator, vector.DType).Values.Single();
    }

    static void Fill<T>(CudaVector vector, TensorBuffer drawn, Generator generator)
        where T : unmanaged
    {
        Span<T> elements = drawn.AsSpan<T>();
        if (vector.Op == "bernoulli_") { TorchInit.Draws.Bernoulli(elements, generator, vector.Number("p")); }
        else if (vector.Op == "exponential_") { TorchInit.Draws.Exponential(elements, generator, vector.Number("lambd")); }
        else
        {
            StepTarget target = vector.Op.Split(" on ") switch
            {
                [_] => new("t"),
                [_, ".t()"] => new("t", 0, [vector.Shape[1], vector.Shape[0]], [1, vector.Shape[1]]),
                [_, "[:, ::2]"] => new("t", 0, [vector.Shape[0], vector.Shape[1] / 2], [vector.Shape[1], 2]),
                _ => new("t", 0, [5, 3, 4], [1, 20, 5]),
            };
            Rule(vector).Run<T>(new(elements, ViewLayout.Of(target, vector.Shape)), generator);
        }
    }
}
