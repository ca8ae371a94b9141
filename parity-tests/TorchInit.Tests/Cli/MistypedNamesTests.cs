using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Cli;

/// <summary>Who mistypes a name of a plan, a file or a tensor is told which ones are near.</summary>
[Collection(Sandbox.Name)]
public sealed class MistypedNamesTests
{
    /// <summary>What a command says, in one line: a console breaks it where it is wide enough.</summary>
    static (int Code, string Said) Run(params string[] command)
    {
        (int code, string said, _) = CliTests.Run(() => { }, command);
        return (code, said.Replace('\n', ' '));
    }

    [Theory]
    [InlineData("resnet5", "resnet50")]
    [InlineData("ResNet50", "resnet50")]
    [InlineData("resnet50()", "resnet50")]
    [InlineData("resnet50.initplan", "resnet50")]
    [InlineData("resnet50.initplan.json", "resnet50")]
    [InlineData("squeezenet", "squeezenet1_0, squeezenet1_1")]
    [InlineData("gpt3", "gpt2")]
    [InlineData("vit", "vit_b_16, vit_b_32")]
    [InlineData("llama", "llama_160m")]
    public void Plans(string written, string near)
    {
        string file = Path.Combine(Path.GetTempPath(), "never-written.safetensors");
        foreach (string[] command in (string[][])[["plan", "explain", written], ["plan", "diff", "resnet18", written],
            ["materialize", written, "-o", file]])
        {
            (int code, string said) = Run(command);
            Assert.Equal(4, code);
            Assert.Contains(near, said, StringComparison.Ordinal);
            Assert.Contains($"'{written}'", said, StringComparison.Ordinal);
        }
        Assert.False(File.Exists(file));
    }

    [Theory]
    [InlineData("Linear")]
    [InlineData("qwertyuiop")]
    public void What_is_near_to_nothing_has_its_own_error(string written)
    {
        (int code, string said) = Run("plan", "explain", written);
        Assert.Equal(4, code);
        Assert.Contains($"found the name '{written}'", said, StringComparison.Ordinal);
    }

    [Fact]
    public void In_code()
    {
        Assert.Contains("; nearest: resnet50", Assert.Throws<ArgumentException>(() => PlanLibrary.Load("resnet5")).Message,
            StringComparison.Ordinal);
        Assert.Contains("plans of the library: resnet50", Assert.ThrowsAny<Exception>(() => InitPlan.Of("resnet5")).Message,
            StringComparison.Ordinal);
        InitPlan plan = PlanLibrary.Load("resnet18");
        Assert.Contains("; nearest: layer1.*", Assert.Throws<ArgumentException>(() => plan.Only("layer5.*")).Message,
            StringComparison.Ordinal);
        Assert.Contains("; nearest: layer1.0.conv1.weight", Assert.Throws<ArgumentException>(() => plan["layer1.0.conv1.weigth"]).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Files()
    {
        string folder = Directory.CreateTempSubdirectory("names-").FullName;
        try
        {
            PlanJson.Save(Path.Combine(folder, "model.initplan.json"), InitPlan.Of("Linear(3, 4)"));
            (int code, string said) = Run("plan", "explain", Path.Combine(folder, "modle.initplan.json"));
            Assert.Equal((4, true), (code, said.Contains("nearest: model.initplan.json", StringComparison.Ordinal)));
            (code, said) = Run("plan", "locate", "weights.safetensor", "--plan", "resnet50");
            Assert.Equal((4, true), (code, said.Contains("nearest: .safetensors", StringComparison.Ordinal)));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }
}
