using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TorchInit.Tests.Structure;

/// <summary>The arrows between the projects, as docs/architecture.md draws them.</summary>
public partial class ProjectTests
{
    // Who may name whom. A project that is not here fails: a new one is a decision.
    static readonly Dictionary<string, string[]> s_arrows = new()
    {
        ["TorchInit"] = [],
        ["TorchInit.Oracle"] = [],
        ["TorchInit.Oracle.PythonNet"] = ["TorchInit", "TorchInit.Oracle"],
        ["TorchInit.Parity"] = ["TorchInit", "TorchInit.Oracle"],
        ["TorchInit.Cli"] = ["TorchInit", "TorchInit.Oracle", "TorchInit.Oracle.PythonNet", "TorchInit.Parity", "InitNotebooks.Engine",
            "InitNotebooks.Kernel", "InitNotebooks.Plots",
            "InitNotebooks.Host", "InitNotebooks.Extensions"],
        ["TorchInit.Benchmarks"] = ["TorchInit", "TorchInit.Oracle", "TorchInit.Parity"],
        ["InitNotebooks.Engine"] = [],
        ["InitNotebooks.Kernel"] = ["InitNotebooks.Engine"],
        ["InitNotebooks.Plots"] =
            ["TorchInit", "TorchInit.Parity", "TorchInit.Oracle.PythonNet", "InitNotebooks.Plots.Plotly", "InitNotebooks.Interactive"],
        ["InitNotebooks.Interactive"] = ["TorchInit", "TorchInit.Oracle", "TorchInit.Oracle.PythonNet"],
        ["InitNotebooks.Host"] = [],
        ["InitNotebooks.Extensions"] = [],
        ["InitNotebooks.Plots.Plotly"] = [],
    };

    static IReadOnlyList<string> Projects(string folder) => Repository.Files(folder, ".csproj");

    [Fact]
    public void Arrows_point_one_way()
    {
        IReadOnlyList<string> projects = Projects("src");
        Assert.NotEmpty(projects);
        Violations.None("A project of src is in the table of arrows and names only what the table allows",
            from project in projects
            let name = Path.GetFileNameWithoutExtension(project)
            let allowed = s_arrows.GetValueOrDefault(name)
            from wrong in allowed is null ? [$"{project} is not in the table"] : References(project).Except(allowed)
                .Select(other => $"{name} -> {other}")
            select wrong);
    }

    [Fact]
    public void TorchInit_stands_alone()
    {
        Violations.None("TorchInit has no package and no reference",
            Items("src/TorchInit/TorchInit.csproj", "PackageReference", "ProjectReference", "Reference"));
        Violations.None("TorchInit uses the base class library only", typeof(DType).Assembly.GetReferencedAssemblies()
            .Select(assembly => assembly.Name!).Where(name => name != "System" && !name.StartsWith("System.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Package_versions_are_central()
        => Violations.None("A package's version is in Directory.Packages.props only",
            from project in Projects("")
            from package in Document(project).Descendants("PackageReference")
            where package.Attributes().Concat<object>(package.Elements())
                .Any(part => (part is XAttribute a ? a.Name : ((XElement)part).Name).LocalName is "Version" or "VersionOverride")
            select $"{project}: {package.Attribute("Include")?.Value}");

    [Fact]
    public void Solution_holds_every_project()
    {
        string solution = Repository.Read("InitNotebooks.sln");
        Violations.None("InitNotebooks.sln names every project", Projects("")
            .Where(project => !solution.Contains($"\"{project.Replace('/', '\\')}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_mutes_the_warning_about_missing_documentation()
        => Violations.None("A public member without documentation does not compile", Repository.Lines(
            [".editorconfig", .. Repository.Files("", ".csproj", ".props", ".targets"), .. Repository.Files("src", ".cs", ".editorconfig")],
            MutesDocumentation().IsMatch));

    static XDocument Document(string project) => XDocument.Parse(Repository.Read(project));

    static IEnumerable<string> Items(string project, params string[] kinds)
        => from item in Document(project).Descendants() where kinds.Contains(item.Name.LocalName) select item.Attribute("Include")!.Value;

    static IEnumerable<string> References(string project)
        => Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    [GeneratedRegex(@"(NoWarn|WarningsNotAsErrors|pragma|dotnet_diagnostic|SuppressMessage).*1591|<GenerateDocumentationFile>false")]
    private static partial Regex MutesDocumentation();
}
