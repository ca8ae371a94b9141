using InitNotebooks.Engine;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace InitNotebooks.Tests.Attacks;

/// <summary>
/// What the kernel is made of is no matter to a cell: it has the version that it asks for, of the kernel's own libraries, too.
/// </summary>
public sealed class IsolationTests(IsolationTests.Shared shared) : IClassFixture<IsolationTests.Shared>
{
    /// <summary>Two kernels, each with its versions of the same packages.</summary>
    public sealed class Shared : IDisposable
    {
        internal KernelProcess Early { get; } = With("MathNet.Numerics, 4.15.0", "Microsoft.CodeAnalysis.CSharp, 4.14.0", "Markdig, 0.31.0",
            "Humanizer.Core, 2.14.1", "Newtonsoft.Json, 12.0.3", "FSharp.Core, 6.0.0", "System.Text.Json, 10.0.0");

        internal KernelProcess Late { get; } = With("MathNet.Numerics, 5.0.0", "Microsoft.CodeAnalysis.CSharp, 5.12.0", "Markdig, 1.6.0",
            "Humanizer.Core, 3.0.10", "Newtonsoft.Json, 13.0.4", "FSharp.Core, 10.1.403", "System.Text.Json, 11.0.0", "NetMQ, 4.0.4.5",
            "Microsoft.ML, 5.0.1");

        public void Dispose()
        {
            Early.Dispose();
            Late.Dispose();
        }

        static KernelProcess With(params string[] packages)
        {
            KernelProcess kernel = new();
            CellReply reply = kernel.Run(string.Join('\n', packages.Select(package => $"#r \"nuget: {package}\"")));
            Assert.True(reply.Status == "ok", reply.ErrorMessage);
            return kernel;
        }
    }

    [Theory]
    [InlineData("typeof(MathNet.Numerics.Constants)", "4.15", "5.0")]
    [InlineData("typeof(Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree)", "4.14", "5.12")]
    [InlineData("typeof(Microsoft.CodeAnalysis.SyntaxTree)", "4.14", "5.12")]
    [InlineData("typeof(Markdig.Markdown)", "0.31", "1.6")]
    [InlineData("typeof(Humanizer.StringHumanizeExtensions)", "2.14", "3.0")]
    [InlineData("typeof(Newtonsoft.Json.JsonConvert)", "12.0", "13.0")]
    [InlineData("typeof(Microsoft.FSharp.Core.Unit)", "6.0", "10.1")]
    [InlineData("typeof(System.Text.Json.JsonSerializer)", "10.0", "11.0")]
    public void A_cell_has_the_version_that_it_asked_for(string type, string early, string late)
    {
        Assert.Equal(early, Run(shared.Early, $"{type}.Assembly.GetName().Version.ToString(2)"));
        Assert.Equal(late, Run(shared.Late, $"{type}.Assembly.GetName().Version.ToString(2)"));
    }

    [Theory]
    [InlineData("MathNet.Numerics.SpecialFunctions.Factorial(5).ToString()", "120")]
    [InlineData("Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(\"int a;\").GetRoot().ToString()", "int a;")]
    [InlineData("Markdig.Markdown.ToHtml(\"*a*\").Trim()", "<p><em>a</em></p>")]
    [InlineData("Humanizer.StringHumanizeExtensions.Humanize(\"SomeText\")", "Some text")]
    [InlineData("Newtonsoft.Json.JsonConvert.SerializeObject(new[] { 1 })", "[1]")]
    [InlineData("Microsoft.FSharp.Collections.ListModule.OfSeq(new[] { 1, 2 }).Length.ToString()", "2")]
    [InlineData("System.Text.Json.JsonSerializer.Serialize(new { A = 1 })", "{\"A\":1}")]
    public void And_it_works(string code, string expected)
    {
        Assert.Equal(expected, Run(shared.Early, code));
        Assert.Equal(expected, Run(shared.Late, code));
    }

    [Fact]
    public void Packages_that_the_kernel_itself_uses_or_not_are_run()
    {
        Assert.Equal("4.0.4.5", Run(shared.Late, "typeof(NetMQ.NetMQMessage).Assembly.GetName().Version.ToString()"));
        Assert.Equal("1", Run(shared.Late, "public class Row { public float A { get; set; } }\n"
            + "new Microsoft.ML.MLContext(1).Data.LoadFromEnumerable(new[] { new Row { A = 1 } }).Schema.Count"));
    }

    [Fact]
    public void Nothing_of_the_kernel_is_in_the_load_context_of_cells()
    {
        using KernelProcess kernel = new();
        Assert.Equal("InitNotebooks.Host", Run(kernel, """
            using System.Runtime.Loader;
            string framework = System.IO.Path.GetDirectoryName(typeof(object).Assembly.Location);
            string.Join(" ", ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")).Split(System.IO.Path.PathSeparator)
                .Concat(AssemblyLoadContext.Default.Assemblies.Where(each => !each.IsDynamic).Select(each => each.Location))
                .Where(path => path.Length > 0 && !path.StartsWith(framework))
                .Select(path => System.IO.Path.GetFileNameWithoutExtension(path)).Distinct())
            """));
        Assert.Contains("there is no file", kernel.Run("#r \"NetMQ\"").ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void The_kernel_becomes_that_program_when_the_command_is_started()
    {
        using KernelProcess kernel = new(Cli.Program);
        Assert.Equal("InitNotebooks.Host", Run(kernel, "System.Reflection.Assembly.GetEntryAssembly().GetName().Name"));
        if (OperatingSystem.IsWindows()) { return; }
        Assert.Equal($"{kernel.Id}", Run(kernel, "Environment.ProcessId"));
    }

    [Fact]
    public void The_same_build_of_our_library_is_the_kernels_own()
    {
        using KernelProcess kernel = new();
        string library = Path.Combine(AppContext.BaseDirectory, "TorchInit.dll");
        Assert.Equal("kernel", Run(kernel,
            $"#r \"{library}\"\nSystem.Runtime.Loader.AssemblyLoadContext.GetLoadContext(typeof(TorchInit.Generator).Assembly).Name"));
    }

    /// <summary>As when the command was installed, and the notebook references what was built since.</summary>
    [Fact]
    public void Another_build_of_our_library_is_replaced_by_the_kernels_own_with_a_note()
    {
        using Files files = new();
        using KernelProcess kernel = new();
        string version = PackageVersion.Of(Path.Combine(AppContext.BaseDirectory, "TorchInit.dll"));
        CellReply reply = kernel.Run($"#r \"{Emit(files, "TorchInit", version)}\"\n"
            + "System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(typeof(TorchInit.Generator).Assembly).Name");
        Assert.Equal("kernel", reply.Result);
        Assert.Equal($"Note: cells use this kernel's own build of TorchInit; the build that this notebook references ({files.Folder}) is "
            + "another one of the same version, and is not used.\n", reply.Stream("stderr"));
        // It is said once.
        Assert.Equal("", kernel.Run($"#r \"{files.Path("TorchInit.dll")}\"").Stream("stderr"));
    }

    [Fact]
    public void Another_version_of_our_library_is_refused_by_name()
    {
        using Files files = new();
        using KernelProcess kernel = new();
        CellReply reply = kernel.Run($"#r \"{Emit(files, "TorchInit.Parity", "99.0.0")}\"");
        Assert.Equal("ReferenceError", reply.ErrorName);
        Assert.Contains("This kernel runs TorchInit.Parity ", reply.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("and this notebook references 99.0.0", reply.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("2", Run(kernel, "1 + 1"));
    }

    static string Emit(Files files, string name, string version)
    {
        string path = files.Path($"{name}.dll");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string about = $"[assembly: System.Reflection.AssemblyInformationalVersion(\"{version}+abc\")]";
        CSharpCompilation other = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(about, cancellationToken: cancellation)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)], new(OutputKind.DynamicallyLinkedLibrary));
        Assert.True(other.Emit(path, cancellationToken: cancellation).Success);
        return path;
    }

    [Fact]
    public void A_later_version_of_what_values_are_shown_with_is_refused()
    {
        using Files files = new();
        using KernelProcess kernel = new();
        const string Name = "Microsoft.DotNet.Interactive.Formatting";
        string path = Emit(files, Name, "2.0.0-beta.1");
        CellReply reply = kernel.Run($"#r \"{path}\"");
        Assert.Equal("ReferenceError", reply.ErrorName);
        Assert.Contains($"{Name} 2.0.0-beta.1 was asked for, but this kernel shows values with 1.0.0-beta.", reply.ErrorMessage,
            StringComparison.Ordinal);
        Assert.Equal("2", Run(kernel, "1 + 1"));
    }

    [Theory]
    [InlineData("1.0.1", "1.0.0", true)]
    [InlineData("1.0.0", "1.0.0.0", false)]
    [InlineData("1.10.0", "1.9.0", true)]
    [InlineData("1.0.0", "1.0.0-beta.1", true)]
    [InlineData("1.0.0-beta.1", "1.0.0", false)]
    [InlineData("1.0.0-beta.26120.1", "1.0.0-beta.23562.1", true)]
    [InlineData("1.0.0-beta.9", "1.0.0-beta.10", false)]
    [InlineData("1.0.0-rc", "1.0.0-beta.10", true)]
    public void A_later_version_is_one_that_NuGet_takes_for_later(string one, string other, bool later)
        => Assert.Equal(later, PackageVersion.IsLater(one, other));

    static string Run(KernelProcess kernel, string code)
    {
        CellReply reply = kernel.Run(code);
        Assert.True(reply.Status == "ok", reply.ErrorMessage);
        return reply.Result!;
    }
}
