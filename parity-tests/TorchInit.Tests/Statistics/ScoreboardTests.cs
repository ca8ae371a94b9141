using TorchInit.Parity;

namespace TorchInit.Tests.Statistics;

/// <summary>Answers of others: real TorchSharp's, as recorded, and what a small folder of them can and cannot say.</summary>
public sealed class ScoreboardTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("scoreboard-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static string Recorded => Path.Combine(Repository.Root, "parity-tests", "golden", "torchsharp");

    [Fact]
    public void TorchSharp_has_torchs_defaults_and_four_cases_of_its_own()
    {
        ScoreboardRow row = Scoreboard.JudgeFolder(Recorded, "TorchSharp");
        Assert.Contains("TorchSharp 0.107.0, libtorch 2.10.0", row.Source, StringComparison.Ordinal);
        string[] differ = [.. row.Cells.Where(cell => cell.Answer == ScoreboardAnswer.Differs).Select(cell => cell.Case.Id)];
        Assert.Equal(["xavier-normal", "trunc-normal", "embedding-bag-padding", "group-norm"], differ);
        Assert.Equal(ScoreboardCase.All.Count - differ.Length, row.Count(ScoreboardAnswer.SameBits));
        Assert.All(row.Cells.Where(cell => cell.Answer == ScoreboardAnswer.Differs), cell => Assert.NotEmpty(cell.Evidence));
        // Its trunc_normal_ fills 1.0: nothing spreads. Its xavier_normal_ has the right width, and is uniform.
        Assert.Equal(0, Cell(row, "trunc-normal").Widths[""]);
        Assert.Equal(1, Cell(row, "xavier-normal").Widths[""], 0.01);
        Assert.All(Safetensors.Load(Path.Combine(Recorded, "trunc-normal.safetensors")).Values, tensor
            => Assert.All(tensor.AsSpan<float>().ToArray(), value => Assert.Equal(1f, value)));
        // Known by hash, and measured all the same: the same bits have the same width.
        Assert.Equal(1, Cell(row, "linear").Widths["weight"], 0.01);
    }

    [Fact]
    public void The_report_has_TorchSharps_row()
    {
        IReadOnlyList<ScoreboardRow> rows = Scoreboard.Known(torch: null);
        ScoreboardRow recorded = rows.Single(row => row.Name == "TorchSharp (recorded)");
        Assert.Equal(Scoreboard.JudgeFolder(Recorded, "").Cells.Select(cell => cell.Answer), recorded.Cells.Select(cell => cell.Answer));
        // A formula answers the families, and leaves out the functions and what the framework lacks: candle RNN, tinygrad all three.
        Assert.Equal([("Keras 3 (formula)", 0), ("Flax (formula)", 0), ("candle (formula)", 1), ("tinygrad (formula)", 3)],
            rows.Where(row => row.Name.EndsWith("(formula)", StringComparison.Ordinal))
                .Select(row => (row.Name, row.Count(ScoreboardAnswer.Absent) - ScoreboardCase.Others.Count)));
    }

    [Fact]
    public void A_condensed_folder_is_judged_as_the_whole()
    {
        string whole = Path.Combine(_folder, "whole"), small = Path.Combine(_folder, "small");
        ScoreboardFiles.WriteAnswers(whole, new PlanInitialiser());
        File.WriteAllText(Path.Combine(whole, "source.txt"), "somebody 1.0\n");
        StateDict gru = Safetensors.Load(Path.Combine(whole, "gru.safetensors"));
        gru["3/bias_hh_l0"].AsSpan<float>()[0] = 7;
        Safetensors.Save(Path.Combine(whole, "gru.safetensors"), gru);
        File.Delete(Path.Combine(whole, "rnn.safetensors"));
        ScoreboardFiles.Condense(whole, small);
        ScoreboardRow row = Scoreboard.JudgeFolder(small, "somebody");
        Assert.Equal("somebody 1.0", row.Source);
        Assert.Equal(Scoreboard.JudgeFolder(whole, "").Cells.Select(cell => cell.Answer), row.Cells.Select(cell => cell.Answer));
        Assert.Equal(ScoreboardAnswer.Differs, Cell(row, "gru").Answer);
        Assert.Equal(ScoreboardAnswer.Absent, Cell(row, "rnn").Answer);
        Assert.Equal(["gru.safetensors"], Directory.GetFiles(small, "*.safetensors").Select(Path.GetFileName));
        Assert.Contains("| `Linear(256, 128)` | same bits |", ScoreboardMarkdown.Of(row), StringComparison.Ordinal);
        Assert.Contains("| `GRU(32, 64)` | **differs** |", ScoreboardMarkdown.Of(row), StringComparison.Ordinal);
        Assert.Contains("| `RNN(32, 64)` | no answer |", ScoreboardMarkdown.Of(row), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hash_of_other_bits_is_no_verdict()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Recorded, "linear.sha256"));
        lines[5] = $"{new string('0', 64)}{lines[5][64..]}";
        File.WriteAllLines(Path.Combine(_folder, "linear.sha256"), lines);
        ScoreboardCell cell = Cell(Scoreboard.JudgeFolder(_folder, "somebody"), "linear");
        Assert.Equal(ScoreboardAnswer.Absent, cell.Answer);
        Assert.Contains(lines[5][66..], Assert.Single(cell.Evidence), StringComparison.Ordinal);
        // One that is missing is none of the same bits either.
        File.WriteAllLines(Path.Combine(_folder, "linear.sha256"), lines[..^1].Where((_, i) => i != 5));
        Assert.Equal(ScoreboardAnswer.Absent, Cell(Scoreboard.JudgeFolder(_folder, "somebody"), "linear").Answer);
    }

    [Theory]
    [InlineData("abc  0/weight")]
    [InlineData("")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000 0/weight")]
    public void A_damaged_line_of_hashes_is_named(string line)
    {
        File.WriteAllText(Path.Combine(_folder, "gru.sha256"), $"{line}\n");
        string message = Assert.Throws<InvalidDataException>(() => Scoreboard.JudgeFolder(_folder, "somebody")).Message;
        Assert.Contains("gru.sha256", message, StringComparison.Ordinal);
        Assert.Contains($"'{line}'", message, StringComparison.Ordinal);
    }

    static ScoreboardCell Cell(ScoreboardRow row, string id) => row.Cells.Single(cell => cell.Case.Id == id);
}
