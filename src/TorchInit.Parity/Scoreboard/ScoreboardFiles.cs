using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TorchInit.Parity;

/// <summary>The neutral file format: cases.json out, one safetensors file a case back.</summary>
public static class ScoreboardFiles
{
    static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, NumberHandling = JsonNumberHandling.Strict };

    /// <summary>Writes the cases, for any framework to answer.</summary>
    /// <param name="path">For example <c>cases.json</c>.</param>
    public static void WriteCases(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(new
    {
        Format = "init-scoreboard 1",
        Answer = "For each case a file ID.safetensors; for each seed s and tensor, an entry 's/NAME', float32, of the shape given. Leave out a case that you cannot construct.",
        Cases = ScoreboardCase.All,
    }, s_options) + "\n");

    /// <summary>Writes an initialiser's answers: what a third party's program would write.</summary>
    /// <param name="folder">Is made when it is not there.</param>
    /// <param name="initialiser">Who draws.</param>
    public static void WriteAnswers(string folder, Initialiser initialiser)
    {
        ArgumentNullException.ThrowIfNull(initialiser);
        Directory.CreateDirectory(folder);
        foreach (ScoreboardCase item in ScoreboardCase.All)
        {
            StateDict answers = new();
            InitPlan plan = InitPlan.Of(item.Expression);
            foreach (ulong seed in item.Seeds)
            {
                foreach ((string name, TensorBuffer tensor) in initialiser.Draw(new(item.Expression, plan, DType.Float32, seed)).Tensors) { answers.Add($"{seed}/{name}", tensor); }
            }
            Safetensors.Save(Path.Combine(folder, item.Id + ".safetensors"), answers);
        }
    }

    /// <summary>Reads somebody's answers to one case; null where there is no file of it.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or a tensor is missing or of another shape or dtype.</exception>
    internal static IReadOnlyList<Drawn>? Read(string folder, ScoreboardCase item)
    {
        string path = Path.Combine(folder, item.Id + ".safetensors");
        if (!File.Exists(path)) { return null; }
        StateDict answers = Safetensors.Load(path);
        return [.. item.Seeds.Select(seed =>
        {
            StateDict tensors = new();
            foreach (ScoreboardTensor wanted in item.Tensors)
            {
                if (!answers.TryGetValue($"{seed}/{wanted.Name}", out TensorBuffer? tensor) || tensor.DType != DType.Float32 || !tensor.Shape.SequenceEqual(wanted.Shape))
                {
                    throw new InvalidDataException($"{path} has no float32 tensor '{seed}/{wanted.Name}' of {TensorShape.Text([.. wanted.Shape])}; cases.json says what an answer holds.");
                }
                tensors.Add(wanted.Name, tensor);
            }
            return new Drawn(tensors, []);
        })];
    }
}
