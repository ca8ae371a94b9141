using System.Text.Json;
using TorchInit.Parity;
using TorchInit.Tests.Cli;
using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Explanations;

/// <summary>Each regret, where it is one and where it is none; as text, as JSON and as a page.</summary>
[Collection(Sandbox.Name)]
public sealed class PlanLintTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("lint-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static InitPlan Plan(ParameterSpec[] tensors, params InitStep[] steps) => new("x", TorchProfile.For("2.6"), tensors, steps);

    static string[] Said(InitPlan plan, PlanWarningKind kind)
        => [.. PlanExplanation.Of(plan).Warnings.Where(warning => warning.Kind == kind).Select(warning => warning.Said)];

    [Fact]
    public void A_scratch_draw_that_is_copied_is_kept()
    {
        InitPlan plan = Plan([new("a", [20]), new("s", [20], ParameterKind.Scratch), new("t", [20], ParameterKind.Scratch)],
            new NormalStep("s", 0, 1), new CopyStep("a", "s"), new NormalStep("t", 0, 1));
        Assert.Equal([DrawFate.Kept, DrawFate.Kept, DrawFate.Discarded], PlanExplanation.Of(plan).Stream.Select(span => span.Fate));
        Assert.Equal(["1 of 2 draws are overwritten or thrown away, 50 % of the stream's words: 1 would do"],
            Said(plan, PlanWarningKind.Wasted));
    }

    [Fact]
    public void A_row_set_to_zero_wastes_no_draw()
    {
        InitPlan plan = InitPlan.Of("Embedding(5, 3, padding_idx=1)");
        Assert.Empty(Said(plan, PlanWarningKind.Wasted));
        Assert.Empty(Said(Plan([new("a", [20])], new NormalStep("a", 0, 1), new ScalarStep("a", ScalarOperation.Mul, 2)),
            PlanWarningKind.Wasted));
    }

    [Fact]
    public void A_head_that_is_drawn_before_the_body_is_said()
    {
        ParameterSpec[] tensors = [new("body.0.weight", [64, 64]), new("body.1.weight", [64, 64]), new("head.weight", [10, 64])];
        NormalStep body = new("body.0.weight", 0, 0.1), more = new("body.1.weight", 0, 0.1), head = new("head.weight", 0, 0.1);
        Assert.Equal(["head.weight is drawn before body.1.weight, which precedes it: another size of head changes every weight drawn "
            + "after it"], Said(Plan(tensors, body, head, more), PlanWarningKind.CoupledByOrder));
        Assert.Empty(Said(Plan(tensors, body, more, head), PlanWarningKind.CoupledByOrder));
        // Overwritten draws of the head are no part of the weights' order.
        Assert.Empty(Said(Plan(tensors, head, body, more, head), PlanWarningKind.CoupledByOrder));
    }

    [Fact]
    public void A_pair_of_normals_that_two_layers_share_is_said()
    {
        ParameterSpec[] tensors = [new("a", [3]), new("b", [4])];
        Assert.Equal(["b takes the second normal of a pair that a left over: fewer than 16 elements are drawn in pairs"],
            Said(Plan(tensors, new NormalStep("a", 0, 1), new NormalStep("b", 0, 1)), PlanWarningKind.CoupledByOrder));
        Assert.Empty(Said(Plan([new("a", [4]), new("b", [4])], new NormalStep("a", 0, 1), new NormalStep("b", 0, 1)),
            PlanWarningKind.CoupledByOrder));
    }

    [Theory]
    [InlineData(0.02, false)]
    [InlineData(0.0020412414523193153, false)]      // 0.02/√(2·48), GPT-2 XL's
    [InlineData(0.0625, false)]                     // √(1/256)
    [InlineData(1, false)]
    [InlineData(0.3, true)]
    [InlineData(20, true)]
    [InlineData(0.0011, true)]
    public void A_deviation_far_from_every_scheme_is_said(double std, bool isFar)
    {
        string[] said = Said(Plan([new("w", [128, 256])], new NormalStep("w", 0, std)), PlanWarningKind.UnusualDeviation);
        Assert.Equal(isFar ? 1 : 0, said.Length);
        if (isFar) { Assert.Contains("the nearest is ", said[0], StringComparison.Ordinal); }
    }

    [Fact]
    public void A_deviation_names_its_nearest_scheme()
        => Assert.Equal(["A standard deviation of 0.3 is far from every known scheme; the nearest is kaiming_normal_(mode='fan_out'), "
            + "√(2/fan_out) = 0.125, and it is 2.4 times as wide: w"],
            Said(Plan([new("w", [128, 256])], new NormalStep("w", 0, 0.3)), PlanWarningKind.UnusualDeviation));

    [Fact]
    public void Torchs_own_layers_have_no_unusual_deviation()
    {
        foreach (string text in (string[])["Linear(300, 200)", "Conv2d(16, 64, 7)", "LSTM(100, 30)", "GRU(7, 300)", "RNN(10, 40)",
            "Embedding(100, 64)", "MultiheadAttention(64, 4)", "ConvTranspose2d(64, 8, 4)", "Bilinear(20, 30, 40)"])
        {
            Assert.Empty(Said(InitPlan.Of(text), PlanWarningKind.UnusualDeviation));
        }
    }

    [Fact]
    public void What_other_torches_draw_otherwise_is_said()
    {
        PlanExplanation explained = PlanExplanation.Of(Plan([new("a", [64]), new("b", [64])], new TruncNormalStep("a", 0, 1, -2, 2),
            new NormalStep("b", 0, 1)));
        Assert.Equal("torch 2.15 linux-x64 avx2 has other bits in 1 of 2 steps: trunc_normal_", explained.Elsewhere[0]);
        Assert.Contains(explained.Elsewhere, said => said.StartsWith("torch 2.6 windows-x64 avx2 has other bits in 2 of 2 steps",
            StringComparison.Ordinal));
        Assert.Equal("torch 2.1 to 2.11 linux-x64 avx2", explained.SameOn[0]);
    }

    [Fact]
    public void The_command_writes_json_and_a_page()
    {
        string plan = Path.Combine(_folder, "gpt.json"), page = Path.Combine(_folder, "gpt.html");
        PlanJson.Save(plan, Plans.FoldingTests.Decoder(12, 64));
        (int code, string printed, _) = CliTests.Run(() => { }, "plan", "explain", plan, "--json", "--html", page);
        Assert.Equal(0, code);
        using JsonDocument json = JsonDocument.Parse(printed);
        Assert.Equal("torch 2.6 linux-x64 avx2", json.RootElement.GetProperty("profile").GetString());
        Assert.Contains(json.RootElement.GetProperty("warnings").EnumerateArray(),
            warning => warning.GetProperty("kind").GetString() == "wasted");
        Assert.Equal(148, json.RootElement.GetProperty("tensors").GetArrayLength());
        Assert.Equal(0.02, json.RootElement.GetProperty("tensors")[0].GetProperty("std").GetDouble(), 1e-6);
        string html = File.ReadAllText(page);
        Assert.Contains("<i class=\"overwritten", html, StringComparison.Ordinal);
        Assert.Contains(">h.11</span>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        (code, printed, _) = CliTests.Run(() => { }, "plan", "explain", plan);
        Assert.Equal(0, code);
        Assert.Contains("The same bits on: torch", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_title_is_text_on_the_page()
        => Assert.DoesNotContain("<b>", InitNotebooks.PlanPage.Of(PlanExplanation.Of(new("<b>", TorchProfile.Default, [new("<b>", [20])],
            [new NormalStep("<b>", 0, 1)]))), StringComparison.Ordinal);
}
