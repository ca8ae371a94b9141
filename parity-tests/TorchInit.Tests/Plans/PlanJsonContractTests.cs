using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TorchInit.Tests.Plans;

/// <summary>What the compiler wrote of the plan's types, against the types: a trimmed program cannot look at attributes.</summary>
public class PlanJsonContractTests
{
    public static TheoryData<Type> Types =>
    [
        typeof(PlanDocument), typeof(ParameterSpec), typeof(StepTarget),
        .. typeof(InitStep).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(InitStep)) && !type.IsAbstract),
    ];

    [Theory, MemberData(nameof(Types))]
    public void A_member_may_be_left_out_where_its_declaration_says_so(Type type)
    {
        JsonTypeInfo contract = PlanJson.Options.GetTypeInfo(type);
        PropertyInfo[] members = [.. type.GetProperties().Where(member => member.GetMethod!.GetParameters().Length == 0)];
        NullabilityInfoContext nullability = new();
        foreach (PropertyInfo member in members)
        {
            string name = PlanJson.Options.PropertyNamingPolicy!.ConvertName(member.Name);
            JsonPropertyInfo? property = contract.Properties.SingleOrDefault(each => each.Name == name);
            JsonIgnoreAttribute? ignored = member.GetCustomAttribute<JsonIgnoreAttribute>();
            bool isWritten = property is { Get: not null };
            Assert.Equal(ignored?.Condition != JsonIgnoreCondition.Always, isWritten);
            if (!isWritten) { continue; }
            Assert.Equal(ignored is null, property!.IsRequired);
            if (nullability.Create(member).ReadState == NullabilityState.Nullable) { Assert.NotNull(ignored); }
        }
        Assert.Contains(contract.Properties, property => property.IsRequired);
    }

    [Fact]
    public void Every_step_has_a_name()
    {
        JsonPolymorphismOptions options = PlanJson.Options.GetTypeInfo(typeof(InitStep)).PolymorphismOptions!;
        IEnumerable<Type> named = options.DerivedTypes.Select(step => step.DerivedType);
        IEnumerable<Type> steps = Types.Select(row => row.Data).Where(type => type.IsSubclassOf(typeof(InitStep)));
        Assert.Equal(steps.OrderBy(step => step.Name), named.OrderBy(step => step.Name));
    }
}
