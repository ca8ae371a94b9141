using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TorchInit.Tests.Readme;

/// <summary>A program of top-level statements, compiled as <c>dotnet new console</c> would: the same usings, what this test process
/// references.</summary>
static class CSharpProgram
{
    const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    static readonly MetadataReference[] s_references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>Compiles, and gives the entry point.</summary>
    /// <param name="name">The program's name in messages.</param>
    /// <param name="firstLine">Where its first line is in the document it comes from; errors name that line.</param>
    public static MethodInfo Compile(string source, string name, int firstLine)
    {
        var parse = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        var compilation = CSharpCompilation.Create(
            "Readme",
            [CSharpSyntaxTree.ParseText(ImplicitUsings, parse),
                CSharpSyntaxTree.ParseText($"#line {firstLine} \"{name}\"\n{source}", parse)],
            s_references,
            new(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var errors = compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Violations.None("It does not compile", errors.Select(error
            => $"{error.Location.GetMappedLineSpan().Path}:{error.Location.GetMappedLineSpan().StartLinePosition.Line + 1}: "
                + $"{error.GetMessage()}"));
        return Assembly.Load(image.ToArray()).EntryPoint!;
    }

    /// <summary>Runs an entry point of any of the shapes that Main has.</summary>
    /// <returns>The exit code; 0 when Main returns nothing.</returns>
    public static int Run(MethodInfo entry, params string[] args)
    {
        object?[] arguments = entry.GetParameters().Length == 0 ? [] : [args];
        return entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null) as int? ?? 0;
    }
}
