// A plan's weights in a TorchSharp model, by name: dotnet run samples/torchsharp/load.cs [PLAN.json SEED]
// It needs what answers.cs needs (glibc and libstdc++ of Debian 13, Ubuntu 24.04 or later), and fetches 128 MB from NuGet.
#:package TorchSharp
#:package libtorch-cpu-linux-x64
#:project ../../src/TorchInit/TorchInit.csproj
#:property TargetFramework=net10.0
#:property PublishAot=false
#:property GenerateDocumentationFile=false

using TorchInit;
using TorchSharp;
using static TorchSharp.torch;

// The Python model: torch.manual_seed(seed); nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
InitPlan plan = args is [var path, _] ? InitPlan.Load(path) : InitPlan.Of("Sequential(Linear(784, 128), ReLU(), Linear(128, 10))");
StateDict weights = plan.Materialize(TorchInit.Generator.ParseSeed(args is [_, var seed] ? seed : "42"));
using nn.Module<Tensor, Tensor> model = nn.Sequential(("0", nn.Linear(784, 128)), ("1", nn.ReLU()), ("2", nn.Linear(128, 10)));
int loaded = Load(model, weights);
Console.WriteLine($"{loaded} tensors of {plan.Title}");
using (no_grad())
{
    foreach ((string name, Tensor tensor) in model.state_dict())
    {
        bool same = tensor.data<float>().ToArray().AsSpan().SequenceEqual(weights[name].AsSpan<float>());
        Console.WriteLine($"{name} [{string.Join(", ", tensor.shape)}]: {(same ? "the plan's bits" : "other bits")}");
        if (!same) { return 1; }
    }
}
return 0;

// Copies every tensor into the module's tensor of its name; a name or a shape that the other side does not have is an error.
static int Load(nn.Module module, StateDict weights)
{
    Dictionary<string, Tensor> own = module.state_dict();
    string[] alone = [.. own.Keys.Except(weights.Keys).Concat(weights.Keys.Except(own.Keys))];
    if (alone.Length > 0) { throw new ArgumentException($"only one side has: {string.Join(", ", alone)}"); }
    using (no_grad())
    {
        foreach ((string name, TensorBuffer buffer) in weights)
        {
            using Tensor values = buffer.DType switch
            {
                DType.Float32 => tensor(buffer.AsSpan<float>().ToArray(), [.. buffer.Shape]),
                DType.Float64 => tensor(buffer.AsSpan<double>().ToArray(), [.. buffer.Shape]),
                DType.Int64 => tensor(buffer.AsSpan<long>().ToArray(), [.. buffer.Shape]),
                _ => throw new NotSupportedException($"{name} is {buffer.DType}; copy its bytes"),
            };
            if (!own[name].shape.SequenceEqual(values.shape)) { throw new ArgumentException($"{name} has another shape"); }
            own[name].copy_(values);
        }
    }
    return weights.Count;
}
