using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Tests.Parity;

/// <summary>What was not compared is not kept: whatever keeps a case from being compared is an outcome of its own, or a mismatch.</summary>
public class NotAskedTests
{
    static CaseResult Run(StandInTorch torch, ParityCase item) => CaseRunner.Try(torch, LiveProfile.Of(torch.Info), item);

    static StandInTorch Answering(OracleError error) => new StandInTorch((reply, _) => reply with { Tensors = [], Error = error });

    [Theory]
    [InlineData("Linera(3,4)")]
    [InlineData("Sequential(MSELoss(), Linear(2, 3))")]
    [InlineData("torch.rand(3,2)")]
    [InlineData("Linear(3, 4)")]
    public void A_case_that_torch_is_not_asked_is_neither_kept_nor_broken(string expression)
    {
        StandInTorch torch = Answering(new(OracleError.Refused, "no such name"));
        torch.Spelling[expression] = "Linear(3, 4)";
        CaseResult result = Run(torch, new(expression));
        Assert.Equal((Outcome.NotAsked, false, "torch was not asked: no such name"), (result.Outcome, result.Passed, result.Detail));
    }

    [Fact]
    public void A_call_of_a_sequence_that_is_not_asked_is_not_kept_by_the_others()
    {
        StandInTorch torch = new StandInTorch((reply, at)
            => at == 1 ? reply with { Tensors = [], Error = new(OracleError.Refused, "too large") } : reply)
            .For("Linear(3, 4)", "Linear(2, 3)");
        Assert.Equal(Outcome.NotAsked, Run(torch, new("Linear(3, 4); Linear(2, 3)")).Outcome);
    }

    public static TheoryData<Exception> Deaths
        => [new OracleCrashedException("gone", "its \u001b[31mend", 139, timedOut: false), new OracleProtocolException("garbage"),
        new OracleUnavailableException([])];

    [Theory, MemberData(nameof(Deaths), DisableDiscoveryEnumeration = true)]
    public void A_death_costs_one_case(Exception death)
    {
        ParitySection section = ParitySection.Live(new StandInTorch((reply, at) => at == 3 ? throw death : reply).For("Linear(3, 4)"),
            [new("Linear", ["Linear(3, 4)"])]);
        Assert.Equal((16, 15, 1, 0),
            (section.Total.Cases, section.Total.Count(Outcome.SameBits), section.Total.Count(Outcome.NotAsked),
            section.Total.Count(Outcome.Mismatch)));
        Assert.StartsWith("torch gave no answer: ", Assert.Single(section.NotAsked).Detail, StringComparison.Ordinal);
        Assert.Empty(section.Failures);
        ParityReport report = new([section], null);
        Assert.Equal((false, false), (report.Passed, report.IsBroken));
        Assert.EndsWith("0 promises broken; 1 not asked", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_torch_that_never_answers_is_given_up()
    {
        StandInTorch torch = new StandInTorch((_, _) => throw new OracleCrashedException("late", "", null, timedOut: true))
            .For("Linear(3, 4)");
        ParitySection section = ParitySection.Live(torch, [new("Linear", ["Linear(3, 4)"])]);
        Assert.Equal((8, 16), (torch.Asked, section.NotAsked.Count));
        Assert.Contains("given up after 8 cases", section.NotAsked[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_compared_is_nothing_kept()
    {
        Assert.False(new ParityReport([], null).Passed);
        Assert.False(new ParityReport([ParitySection.Live(new StandInTorch(), [])], null).Passed);
        Assert.False(new ParityReport([ParitySection.Live(new StandInTorch(), [new("Linear", [])])], null).Passed);
        GoldenFile file = GoldenSet.Files[0];
        GoldenEntry entry = GoldenSet.Entries(file)[0];
        CaseResult result = GoldenRunner.Run(file.Profile, entry with { Sha256 = OracleError.Refused });
        Assert.Equal((Outcome.NotAsked, false), (result.Outcome, result.Passed));
    }

    [Fact]
    public void A_tolerance_is_kept_by_recorded_elements_only()
    {
        // A hash that differs, and no element to say by how much.
        GoldenFile file = GoldenSet.Files.First(each
            => each.Profile.Lapack == LapackImplementation.Vendor && GoldenSet.Entries(each).Any(IsClose));
        GoldenEntry close = GoldenSet.Entries(file).First(IsClose);
        Assert.Equal(Outcome.WithinTolerance, GoldenRunner.Run(file.Profile, close with { Sha256 = new('0', 64) }).Outcome);
        Assert.Equal(Outcome.Mismatch, GoldenRunner.Run(file.Profile, close with { Sha256 = new('0', 64), Words = [[]] }).Outcome);

        static bool IsClose(GoldenEntry entry)
            => entry is { IsRefusal: false, Words: [{ Count: > 0 }], Case: { Name: "init.orthogonal_", DType: DType.Float32 } };
    }

    [Theory]
    [InlineData("Linear(3, 4)\tfloat32\t0\t0\t-\t-")]
    [InlineData("Linear(3, 4)\tfloat32\t0\t0123456789abcdef0123456789abcde\t-\t-")]
    [InlineData("Linear(3, 4)\tfloat32\t0\t0123456789abcdef0123456789abcdeg\t-\t-")]
    public void A_hash_that_chance_could_hit_is_refused(string line) => Assert.Throws<InvalidDataException>(() => GoldenEntry.Parse(line));

    [Fact]
    public void What_is_not_asked_is_not_recorded()
    {
        StandInTorch torch = Answering(new(OracleError.Refused, "no")).For("Linear(3, 4)");
        Assert.Contains("is not asked of torch: no",
            Assert.ThrowsAny<InvalidOperationException>(() => GoldenRecorder.Record(torch, new("Linear(3, 4)"))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AttributeError", "torch 2.15.0 has no NewThing", false)]
    [InlineData("TypeError", "__init__() got an unexpected keyword argument 'bias'", true)]
    [InlineData("TypeError", "LayerNorm.__init__() takes from 2 to 4 positional arguments but 5 were given", true)]
    [InlineData("TypeError", "empty() received an invalid combination of arguments", false)]
    [InlineData("ValueError", "bias", false)]
    public void Absent_is_what_torch_says_to_be(string kind, string message, bool absent)
    {
        StandInTorch torch = new((reply, _) => reply with { Tensors = [], Error = new(kind, message) })
        {
            Info = new StandInTorch().Info with { TorchVersion = "2.0.1", PackageVersion = "2.0.1" },
            Spelling = { ["LayerNorm(3, bias=False)"] = "LayerNorm(3)" },
        };
        Assert.Equal(absent ? Outcome.AbsentInBoth : Outcome.Mismatch, Run(torch, new("LayerNorm(3, bias=False)")).Outcome);
    }

    [Fact]
    public void A_refusal_hides_nothing_that_was_drawn_before_it()
    {
        const string Sequence = "Linear(3, 4); Linear(-1, 3)";
        static StandInTorch Torch(Func<OracleReply, int, OracleReply> change)
            => new StandInTorch(change).For("Linear(3, 4)", "Linear(-1, 3)");
        CaseResult honest = Run(Torch((reply, _) => reply), new(Sequence));
        Assert.Equal((Outcome.RefusedAlike, 16L), (honest.Outcome, honest.Elements));
        CaseResult bit = Run(Torch((reply, at) => { if (at == 0) { reply.Tensors[0].Data[0] ^= 1; } return reply; }), new(Sequence));
        Assert.Equal(Outcome.Mismatch, bit.Outcome);
        Assert.Contains("before the call that both refuse: 0weight[0]: torch ", bit.Detail, StringComparison.Ordinal);
        CaseResult state = Run(Torch((reply, at) => { if (at == 0) { reply.State[100] ^= 1; } return reply; }), new(Sequence));
        Assert.Equal(Outcome.Mismatch, state.Outcome);
        CaseResult earlier = Run(Torch((reply, at) => at == 0 ? reply with { Tensors = [], Error = new("RuntimeError", "no") } : reply),
            new(Sequence));
        Assert.Equal(Outcome.Mismatch, earlier.Outcome);
        Assert.StartsWith("torch refuses call 1 (RuntimeError: no), C# call 2 (", earlier.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_text_of_the_same_class_is_said()
    {
        CaseResult other = Run(Answering(new("RuntimeError", "out of memory")).For("Linear(-1, 3)"), new("Linear(-1, 3)"));
        Assert.Equal(Outcome.RefusedAlike, other.Outcome);
        Assert.StartsWith("RuntimeError, in other words: torch: out of memory; C#: ", other.Detail, StringComparison.Ordinal);
        Assert.Equal("RuntimeError", Run(new StandInTorch().For("Linear(-1, 3)"), new("Linear(-1, 3)")).Detail);
    }

    [Fact]
    public void A_seed_that_only_one_side_refuses_is_a_mismatch()
    {
        StandInTorch torch = new((reply, _) => reply) { Spelling = { ["Linear(3, 4)"] = "Linear(3, 4)" } };
        CaseResult result = CaseRunner.Run(new Seedless(torch), LiveProfile.Of(torch.Info),
            new("Linear(3, 4)", Seed: "18446744073709551616"));
        Assert.Equal(Outcome.Mismatch, result.Outcome);
        Assert.EndsWith("torch does not", result.Detail, StringComparison.Ordinal);
    }

    /// <summary>A torch that takes any seed.</summary>
    sealed class Seedless(ITorchOracle torch) : ITorchOracle
    {
        public OracleInfo Info => torch.Info;

        public OracleReply Run(OracleRequest request) => torch.Run(request with { Seed = "0" });

        public void Dispose() { }
    }

    [Fact]
    public void A_question_that_SciPy_did_not_answer_agrees_with_nothing()
    {
        SciPyQuestion[] questions = [.. SciPyGrid.Questions()];
        Assert.Throws<InvalidDataException>(() => SciPyAgreement.With(questions, [1.0]));
    }
}
