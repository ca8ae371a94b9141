// Real TorchSharp answers the scoreboard's cases: dotnet run samples/torchsharp/answers.cs CASES.json FOLDER
// scripts/torchsharp.sh runs it where TorchSharp's native part loads (glibc and libstdc++ of Debian 13, Ubuntu 24.04 or later), and
// records the answers.
#:package TorchSharp
#:package libtorch-cpu-linux-x64
#:project ../../src/TorchInit/TorchInit.csproj
#:property TargetFramework=net10.0
#:property PublishAot=false
#:property GenerateDocumentationFile=false

using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using TorchInit;
using TorchSharp;
using static TorchSharp.torch;

if (args is not [string cases, string folder])
{
    Console.Error.WriteLine("two arguments: the file of `torchinit scoreboard cases`, and the folder for the answers");
    return 2;
}
using JsonDocument questions = JsonDocument.Parse(File.ReadAllBytes(cases));
Directory.CreateDirectory(folder);
foreach (JsonElement question in questions.RootElement.GetProperty("cases").EnumerateArray())
{
    string id = question.GetProperty("id").GetString()!;
    StateDict answers = new();
    foreach (ulong seed in question.GetProperty("seeds").EnumerateArray().Select(seed => seed.GetUInt64()))
    {
        manual_seed(unchecked((long)seed));
        using IDisposable scope = NewDisposeScope();
        foreach ((string name, Tensor tensor) in Construct(id)) { answers.Add($"{seed}/{name}", Copied(tensor)); }
    }
    if (answers.Count > 0) { Safetensors.Save(Path.Combine(folder, $"{id}.safetensors"), answers); }
    Console.WriteLine($"{id}: {answers.Count} tensors");
}
string library = typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
string source = $"TorchSharp {library}, libtorch {__version__}, {RuntimeInformation.OSDescription}, {RuntimeInformation.RuntimeIdentifier}";
File.WriteAllText(Path.Combine(folder, "source.txt"), $"{source}\n");
Console.WriteLine(source);
return 0;

// By id, as TorchSharp spells it. A case that is not here is left out.
static IReadOnlyDictionary<string, Tensor> Construct(string id) => id switch
{
    "linear" => Module(nn.Linear(256, 128)),
    "embedding" => Module(nn.Embedding(200, 64)),
    "embedding-padding" => Module(nn.Embedding(200, 64, padding_idx: 0)),
    "conv" => Module(nn.Conv2d(16, 32, 3)),
    "conv-grouped" => Module(nn.Conv2d(16, 32, 3, groups: 4)),
    "conv-transposed" => Module(nn.ConvTranspose2d(16, 32, 3)),
    "rnn" => Module(nn.RNN(32, 64)),
    "lstm" => Module(nn.LSTM(32, 64)),
    "gru" => Module(nn.GRU(32, 64)),
    "embedding-bag-padding" => Module(nn.EmbeddingBag(50, 16, padding_index: 0)),
    "group-norm" => Module(nn.GroupNorm(4, 32)),
    "xavier-uniform" => Filled(tensor => nn.init.xavier_uniform_(tensor)),
    "xavier-normal" => Filled(tensor => nn.init.xavier_normal_(tensor)),
    "kaiming-uniform" => Filled(tensor => nn.init.kaiming_uniform_(tensor)),
    "kaiming-normal" => Filled(tensor => nn.init.kaiming_normal_(tensor)),
    "trunc-normal" => Filled(tensor => nn.init.trunc_normal_(tensor)),
    _ => new Dictionary<string, Tensor>(),
};

static Dictionary<string, Tensor> Module(nn.Module module) => module.state_dict();

static Dictionary<string, Tensor> Filled(Func<Tensor, Tensor> fill) => new() { [""] = fill(empty(64, 48)) };

static TensorBuffer Copied(Tensor tensor) => TensorBuffer.Of(tensor.detach().contiguous().data<float>().ToArray(), tensor.shape);
