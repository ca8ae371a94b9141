using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TorchInit.Parity;

/// <summary>The neutral file format: cases.json out, one safetensors file per case back.</summary>
public static class ScoreboardFiles
{
    static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.Strict
    };

    /// <summary>Writes the cases, for any framework to answer.</summary>
    /// <param name="path">For example <c>cases.json</c>.</param>
    public static void WriteCases(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(new
    {
        Format = "init-scoreboard 1",
        Answer = "For each case a file ID.safetensors; for each seed s and tensor, an entry 's/NAME', float32, of the shape "
            + "given. Leave out a case that you cannot construct. "
            + "Who answered, with versions, goes into one line of source.txt.",
        Cases = ScoreboardCase.All,
    }, s_options) + "\n");

    /// <summary>Writes an initialiser's answers, as a third-party program would.</summary>
    /// <param name="folder">Created if it is missing.</param>
    /// <param name="initialiser">Who draws.</param>
    /// <returns>How many cases were answered.</returns>
    public static int WriteAnswers(string folder, Initialiser initialiser)
    {
        ArgumentNullException.ThrowIfNull(initialiser);
        Directory.CreateDirectory(folder);
        ScoreboardCase[] answered = [.. ScoreboardCase.All.Where(initialiser.Answers)];
        foreach (ScoreboardCase item in answered)
        {
            StateDict answers = new();
            InitPlan plan = InitPlan.Of(item.Expression);
            foreach (ulong seed in item.Seeds)
            {
                foreach ((string name, TensorBuffer tensor) in initialiser.Draw(new(item.Expression, plan, DType.Float32, seed)).Tensors)
                {
                    answers.Add($"{seed}/{name}", tensor);
                }
            }
            Safetensors.Save(Path.Combine(folder, item.Id + ".safetensors"), answers);
        }
        return answered.Length;
    }

    /// <summary>
    /// Makes a folder of answers small enough to keep: for a case with the same bits, the SHA-256 of each tensor (<c>ID.sha256</c>); for
    /// any other, the values.
    /// </summary>
    /// <param name="folder">The folder of the answers.</param>
    /// <param name="target">Another folder; created if it is missing.</param>
    /// <returns>For how many cases the hashes were written, and for how many the values.</returns>
    /// <exception cref="ArgumentException"><paramref name="target"/> is the folder of the answers.</exception>
    /// <exception cref="InvalidDataException">An answer is damaged or lacks a tensor.</exception>
    public static (int Hashes, int Values) Condense(string folder, string target)
    {
        if (IsSame(folder, target))
        {
            throw new ArgumentException($"target is {target}, the folder of the answers itself; allowed: another folder.", nameof(target));
        }
        Directory.CreateDirectory(target);
        (int hashes, int values) = (0, 0);
        string source = Path.Combine(folder, ScoreboardAnswers.SourceFile);
        if (File.Exists(source)) { AtomicFile.WriteText(Path.Combine(target, ScoreboardAnswers.SourceFile), File.ReadAllText(source)); }
        foreach (ScoreboardCell cell in Scoreboard.JudgeFolder(folder, folder).Cells)
        {
            string file = cell.Case.Id + (cell.Answer == ScoreboardAnswer.SameBits ? ".sha256" : ".safetensors");
            string from = Path.Combine(folder, file), to = Path.Combine(target, file);
            if (cell.Answer == ScoreboardAnswer.SameBits)
            {
                IEnumerable<string> lines = from seed in cell.Case.Seeds
                                            from tensor in Scoreboard.Right(cell.Case, seed).Tensors
                                            select $"{ScoreboardAnswers.Hash(tensor.Value)}  {seed}/{tensor.Key}\n";
                AtomicFile.WriteText(to, string.Concat(lines));
                hashes++;
            }
            else if (File.Exists(from))
            {
                File.Copy(from, to, overwrite: true);
                values++;
            }
        }
        return (hashes, values);
    }

    static bool IsSame(string folder, string target)
    {
        (FileStatus one, FileStatus other) = (FileStatus.Behind(folder), FileStatus.Behind(target));
        return one.Kind == FileKind.Folder && one == other && one.Id != default || Whole(folder) == Whole(target);

        static string Whole(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
    }
}
