using TorchInit.Parity;
using TorchInit.Tests.Cli;
using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Verify;

/// <summary>What a verdict rests on is a value: nobody needs to read its words.</summary>
[Collection(Sandbox.Name)]
public sealed class VerdictBasisTests
{
    const string Expression = "Linear(64, 128)";
    const ulong Unknown = 987_654_321;

    static VerdictBasis Of(StateDict weights, string expression, ulong? seed, DType dtype = DType.Float32)
        => Verifier.Judge(weights, new(expression, dtype), seed).Basis;

    static StateDict Drawn(string expression, ulong seed, DType dtype = DType.Float32, TorchProfile? profile = null)
        => InitPlan.Of(expression, profile).Materialize(new Generator(seed, profile ?? TorchProfile.Default), dtype);

    [Fact]
    public void Each_kind_is_told()
    {
        Assert.Equal(VerdictBasis.Bits, Of(Drawn(Expression, 7), Expression, 7));
        Assert.Equal(VerdictBasis.Bits, Of(Drawn(Expression, 8), Expression, 7));
        Assert.Equal(VerdictBasis.Law, Of(Drawn(Expression, Unknown), Expression, null));
        Assert.Equal(VerdictBasis.Other, Of(Drawn("Linear(64, 127)", 7), Expression, 7));
        Assert.Equal(VerdictBasis.OtherLaw, Of(Drawn("Embedding(300, 128)", Unknown, DType.BFloat16, TorchProfile.For("2.11")),
            "Embedding(300, 128)", null, DType.BFloat16));
        Assert.Equal(VerdictBasis.Digits, Of(AlteredDrawsTests.Altered(Expression, 7, DType.Float32, (_, _, value)
            => Math.Round(value, 4)), Expression, null));
        Assert.Equal(VerdictBasis.Values, Of(AlteredDrawsTests.Altered(Expression, 7, DType.Float32, (_, _, value)
            => value * (1 + 3e-7)), Expression, 7));
        TorchProfile debian = TorchProfile.Default with { Erf = ErfImplementation.Glibc, Lapack = LapackImplementation.Reference311 };
        const string Cut = "init.trunc_normal_((64, 64))";
        TorchProfile old = TorchProfile.For("2.6") with { Erf = debian.Erf, Lapack = debian.Lapack };
        Verdict verdict = Verifier.Judge(Drawn(Cut, 7, DType.Float32, old), new(Cut, DType.Float32, TorchProfile.For("2.6")), 7);
        Assert.Equal((Cause.Platform, VerdictBasis.BitsWithoutMkl), (verdict.Cause, verdict.Basis));
    }

    /// <summary>The wording does not repeat what the explanation says.</summary>
    [Fact]
    public void The_command_says_each_thing_once()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            foreach (Func<double, double> change in (Func<double, double>[])[value => value * (1 + 3e-7), value => Math.Round(value, 4)])
            {
                Safetensors.Save(path, AlteredDrawsTests.Altered(Expression, 7, DType.Float32, (_, _, value) => change(value)));
                (_, string printed, _) = CliTests.Run(() => { }, "verify", path, "--module", Expression, "--seed", "7");
                Assert.Equal(2, printed.Split("torch's draws, rounded differently").Length);
                (_, printed, _) = CliTests.Run(() => { }, "verify", path, "--module", Expression, "--seed", "7", "--json");
                Assert.Contains("\"basis\": \"", printed, StringComparison.Ordinal);
            }
        }
        finally { File.Delete(path); }
    }
}
