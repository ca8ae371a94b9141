namespace TorchInit.Net8Tests;

public class BuildTests
{
    /// <summary>It is the build for .NET 8 that is tested here, on whatever runtime.</summary>
    [Fact]
    public void The_library_is_the_one_for_net8()
        => Assert.Contains("v8.0", typeof(InitPlan).Assembly.CustomAttributes
            .Single(attribute => attribute.AttributeType.Name == "TargetFrameworkAttribute").ConstructorArguments[0].Value!.ToString(),
            StringComparison.Ordinal);
}
