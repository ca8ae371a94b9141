using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TorchInit;

/// <summary>What the serializer lets pass and is no plan: a missing number, which would read as 0, null for a text or a list, a number that
/// no member of an enum has, a list of more dimensions than a tensor may have.</summary>
static class PlanJsonChecks
{
    /// <summary>What may be missing, and then is null or 0; everything else must be there and is never null.</summary>
    static readonly HashSet<(Type Type, string Name)> s_optional =
    [
        (typeof(PlanDocument), "reset_steps"), (typeof(PlanDocument), "torch_class"), (typeof(PlanDocument), "device"),
            (typeof(PlanDocument), "is_default_device"), (typeof(PlanDocument), "format"), (typeof(PlanDocument), "data"),
            (typeof(ParameterSpec), "d_type"), (typeof(ParameterSpec), "same_as"),
        (typeof(RandomStep), "from"), (typeof(RandomStep), "to"), (typeof(ClampStep), "min"), (typeof(ClampStep), "max"),
        (typeof(StepTarget), "offset"), (typeof(StepTarget), "shape"), (typeof(StepTarget), "strides"),
    ];

    public static void Add(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) { return; }
        foreach (JsonPropertyInfo property in type.Properties)
        {
            property.IsRequired = property.Get is not null
                && !s_optional.Contains((type.Type, property.Name));       // what is ignored has no getter
        }
        Getter[] never = Getters(property => property.IsRequired && !property.PropertyType.IsValueType);
        Getter[] lists = Getters(property => property.PropertyType == typeof(IReadOnlyList<long>));
        Getter[] enums = Getters(property => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).IsEnum);
        type.OnDeserialized = value =>
        {
            foreach (Getter getter in never)
            {
                if (getter.Get(value) is null) { throw new JsonException($"{getter.Name} of {value.GetType().Name} is null"); }
            }
            foreach (Getter getter in enums)
            {
                if (getter.Get(value) is { } member && !Enum.IsDefined(member.GetType(), member))
                {
                    throw new JsonException($"{getter.Name} of {value.GetType().Name} is {member}, which is none");
                }
            }
            int most = Limits.Current.Dimensions;
            foreach (Getter getter in lists)
            {
                if (getter.Get(value) is IReadOnlyList<long> sizes && sizes.Count > most)
                {
                    throw new JsonException($"{getter.Name} of {value.GetType().Name} has {sizes.Count} numbers;"
                        + $" {Limits.Allowed(most, nameof(Limits.Dimensions))}");
                }
            }
        };

        Getter[] Getters(Func<JsonPropertyInfo, bool> which)
            => [.. type.Properties.Where(which).Select(property => new Getter(property.Name, property.Get!))];
    }

    sealed record Getter(string Name, Func<object, object?> Get);
}
