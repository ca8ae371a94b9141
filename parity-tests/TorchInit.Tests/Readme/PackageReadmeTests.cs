namespace TorchInit.Tests.Readme;

/// <summary>The packages' own READMEs: their programs print what they say.</summary>
[Collection(Sandbox.Name)]
public class PackageReadmeTests
{
    static IEnumerable<(string File, ReadmeBlock Block)> Blocks
        => from file in Repository.Files("src", ".md")
           from block in ReadmeBlock.Parse(file)
           where block.Language == "csharp"
           select (file, block);

    public static TheoryData<string, int> Programs
    {
        get
        {
            TheoryData<string, int> programs = [];
            foreach ((string file, ReadmeBlock block) in Blocks) { programs.Add(file, block.Line); }
            return programs;
        }
    }

    [Theory, MemberData(nameof(Programs))]
    public void Program_prints_what_it_says(string file, int line)
    {
        ReadmeBlock block = Blocks.Single(each => each.File == file && each.Block.Line == line).Block;
        string printed = Sandbox.Run(() => Assert.Equal(0, CSharpProgram.Run(CSharpProgram.Compile(block.Text, file, line + 1))));
        Assert.Equal(block.Output, printed);
    }
}
