using System.Reflection;
using System.Runtime.Loader;
using InitNotebooks.Engine;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace InitNotebooks.Tests.Hosts;

/// <summary>A host in which the extension cannot be loaded says so in one sentence.</summary>
public class ClashTests(DotNetInteractive interactive) : IClassFixture<DotNetInteractive>
{
    const string Load = "InitNotebooks.NotebookExtension.Load();";

    static readonly string s_library = $"#r \"{Repository.PathOf("src/InitNotebooks.Plots/bin/Release/net10.0/InitNotebooks.Plots.dll")}\"";

    [Fact]
    public void Somebody_elses_directive_of_that_name()
    {
        using Files files = new();
        NotebookOf.Cells(s_library, """
            using Microsoft.DotNet.Interactive;
            using Microsoft.DotNet.Interactive.Commands;
            using Microsoft.DotNet.Interactive.Connection;
            public class Command : ConnectKernelCommand { public Command(string connectedKernelName) : base(connectedKernelName) { } }
            public class Directive : ConnectKernelDirective<Command>
            {
                public Directive() : base("pythonnet", "another") { }
                public override Task<IEnumerable<Kernel>> ConnectKernelsAsync(Command command, KernelInvocationContext context) => null;
            }
            ((CompositeKernel)Microsoft.DotNet.Interactive.Kernel.Root).AddConnectDirective(new Directive());
            """, Load).Save(files.Path("a.ipynb"));
        Notebook run = interactive.Run(files.Path("a.ipynb"));
        Assert.Null(NotebookOf.Error(run.Cells[1]));
        Assert.Contains("#!connect pythonnet is taken", NotebookOf.Error(run.Cells[2]), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_of_dotnet_interactive()
    {
        using Files files = new();
        CancellationToken stop = TestContext.Current.CancellationToken;
        CSharpCompilation old = CSharpCompilation.Create("Microsoft.DotNet.Interactive",
            [CSharpSyntaxTree.ParseText("[assembly: System.Reflection.AssemblyInformationalVersion(\"0.9.1+abc\")]",
                cancellationToken: stop)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)], new(OutputKind.DynamicallyLinkedLibrary));
        string path = files.Path("Microsoft.DotNet.Interactive.dll");
        Assert.True(old.Emit(path, cancellationToken: stop).Success);
        Assembly host = new AssemblyLoadContext("old", isCollectible: true).LoadFromAssemblyPath(path);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => NotebookExtension.LoadInto(host));
        const string told = "built for .NET Interactive 1.0.0-beta.26120.1; this is 0.9.1, which lacks something";
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_our_own_kernel_there_is_nothing_to_do()
    {
        using Files files = new();
        NotebookOf.Cells(s_library, $"{Load}\n{Load}").Save(files.Path("a.ipynb"));
        (int code, string output) = Cli.Run("notebook", "run", files.Path("a.ipynb"));
        Assert.True(code == 0, output);
    }
}
