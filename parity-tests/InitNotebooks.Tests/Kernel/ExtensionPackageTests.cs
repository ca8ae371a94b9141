using System.IO.Compression;
using System.Text.Json.Nodes;

namespace InitNotebooks.Tests.Attacks;

/// <summary>Extension packages of .NET Interactive do in this kernel what they do there, or it says why not.</summary>
public sealed class ExtensionPackageTests(ExtensionPackageTests.Shared shared) : IClassFixture<ExtensionPackageTests.Shared>
{
    public sealed class Shared : IDisposable
    {
        public Shared()
        {
            Loaded = Kernel.Run("""
                #r "nuget: Plotly.NET.Interactive, 6.0.0"
                #r "nuget: Microsoft.Data.Analysis, 0.23.1"
                #r "nuget: SkiaSharp, 2.88.6"
                #r "nuget: SkiaSharp.NativeAssets.Linux.NoDependencies, 2.88.6"
                """);
        }

        internal KernelProcess Kernel { get; } = new();

        internal CellReply Loaded { get; }

        public void Dispose() => Kernel.Dispose();
    }

    [Fact]
    public void They_are_named_when_they_are_loaded()
    {
        Assert.True(shared.Loaded.Status == "ok", shared.Loaded.ErrorMessage);
        Assert.Equal("", shared.Loaded.Stream("stderr"));
        Assert.Equal(["DataFrameKernelExtension", "FormatterKernelExtension", "SkiaSharpKernelExtension"],
            Displayed(shared.Loaded).Where(text => text.StartsWith("Loaded extension: ", StringComparison.Ordinal))
                .Select(text => text.Split(' ')[^1]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("var trace = new Plotly.NET.Trace(\"scatter\");\ntrace.SetProperty(\"y\", new[] { 1, 4, 9 });\n"
        + "Plotly.NET.GenericChart.ofTraceObject(false, trace)", "<!-- Plotly chart will be drawn inside this DIV -->")]
    [InlineData("using Microsoft.Data.Analysis;\nnew DataFrame(new Int32DataFrameColumn(\"a\", new[] { 1, 2, 3 }))", "<th>a</th>")]
    [InlineData("var bitmap = new SkiaSharp.SKBitmap(4, 4);\nSkiaSharp.SKImage.FromBitmap(bitmap)", "<img src=\"data:image/png;base64,")]
    public void Their_values_are_shown_as_they_say(string code, string html)
    {
        CellReply reply = shared.Kernel.Run(code);
        Assert.True(reply.Status == "ok", reply.ErrorMessage);
        JsonNode? data = reply.Published.Single(message => message.Type == "execute_result").Content["data"];
        Assert.Contains(html, data?["text/html"]?.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void They_run_once()
    {
        CellReply reply = shared.Kernel.Run("#r \"nuget: MathNet.Numerics, 5.0.0\"");
        Assert.True(reply.Status == "ok", reply.ErrorMessage);
        string shown = Assert.Single(Displayed(reply));
        Assert.StartsWith("Installed packages: MathNet.Numerics, 5.0.0; Microsoft.Data.Analysis, 0.23.1; ", shown,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Their_names_do_not_meet_the_kernels_own()
    {
        CellReply reply = shared.Kernel.Run("using Microsoft.DotNet.Interactive;\ndisplay(1);\n\"a\".Display();\nHTML(\"<b>b</b>\")");
        Assert.True(reply.Status == "ok", reply.ErrorMessage);
        Assert.Equal(["1", "a"], Displayed(reply));
        Assert.Equal("<b>b</b>", reply.Result);
    }

    [Fact]
    public void The_library_itself_is_for_extensions_and_says_so()
    {
        using KernelProcess kernel = new();
        CellReply reply = kernel.Run("""
            #r "nuget: Microsoft.DotNet.Interactive, 1.0.0-beta.26120.1"
            using Microsoft.DotNet.Interactive;
            display(1);
            """);
        Assert.True(reply.Status == "ok", reply.ErrorMessage);
        Assert.Contains("Microsoft.DotNet.Interactive is there for extension packages", reply.Stream("stderr"), StringComparison.Ordinal);
        Assert.Contains("1", Displayed(reply));
    }

    [Fact]
    public void One_that_cannot_be_loaded_is_named_and_its_package_is_there()
    {
        using Files files = new();
        using KernelProcess kernel = new(("INITNOTEBOOKS_CACHE", files.Path("cache")), ("NUGET_PACKAGES", files.Path("packages")));
        using (ZipArchive package = ZipFile.Open(files.Path("Broken.Extension.1.0.0.nupkg"), ZipArchiveMode.Create))
        {
            Write(package, "Broken.Extension.nuspec", """
                <package><metadata><id>Broken.Extension</id><version>1.0.0</version><authors>a</authors><description>d</description>
                <dependencies><group targetFramework="net10.0" /></dependencies></metadata></package>
                """);
            Write(package, "interactive-extensions/dotnet/Broken.dll", "no assembly");
        }
        CellReply reply = kernel.Run($"#i \"nuget:{files.Folder}\"\n#r \"nuget: Broken.Extension, 1.0.0\"\n1 + 1");
        Assert.True(reply.Status == "ok", reply.ErrorMessage);
        Assert.Equal("2", reply.Result);
        Assert.Contains("The notebook extension Broken is not loaded; its package is.", reply.Stream("stderr"), StringComparison.Ordinal);
        Assert.Contains("Installed packages: Broken.Extension, 1.0.0", Displayed(reply));
    }

    static void Write(ZipArchive package, string name, string text)
    {
        using StreamWriter writer = new(package.CreateEntry(name).Open());
        writer.Write(text);
    }

    static IEnumerable<string> Displayed(CellReply reply) => reply.Published.Where(message => message.Type == "display_data")
        .Select(message => message.Content["data"]?["text/plain"]?.GetValue<string>() ?? "");
}
