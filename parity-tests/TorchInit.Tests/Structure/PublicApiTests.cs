using System.Reflection;
using PublicApiGenerator;

namespace TorchInit.Tests.Structure;

public class PublicApiTests
{
    [Theory, Trait(Approved.Trait, "file")]
    [InlineData("TorchInit")]
    [InlineData("TorchInit.Oracle")]
    [InlineData("TorchInit.Oracle.PythonNet")]
    [InlineData("TorchInit.Parity")]
    public void Public_API_is_the_approved_one(string assembly)
    {
        var options = new ApiGeneratorOptions { IncludeAssemblyAttributes = false };
        Approved.Check($"parity-tests/TorchInit.Tests/Approved/{assembly}.approved.txt", Assembly.Load(assembly)
            .GeneratePublicApi(options));
    }
}
