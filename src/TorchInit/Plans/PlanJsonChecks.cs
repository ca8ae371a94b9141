using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TorchInit;

/// <summary>Refuses what the serializer accepts although it is not a plan: a missing number, which would read as 0; null for a string or a
/// list; a number that is not a member of an enum; a list with more dimensions than a tensor may have.</summary>
static class PlanJsonChecks
{
    /// <summary>The members that may be missing, and are then null or 0; all others must be present and not null.</summary>
    static readonly HashSet<(Type Type, string Name)> s_optional =
    [
        (typeof(PlanDocument), "reset_steps"), (typeof(PlanDocument), "torch_class"), (typeof(PlanDocument), "device"),
            (typeof(PlanDocument), "is_default_device"), (typeof(PlanDocument), "format"), (typeof(PlanDocument), "data"),
            (typeof(ParameterSpec), "d_type"), (typeof(ParameterSpec), "same_as"), (typeof(DataStep), "values_on_gpu"),
        (typeof(RandomStep), "from"), (typeof(RandomStep), "to"), (typeof(ClampStep), "min"), (typeof(ClampStep), "max"),
        (typeof(StepTarget), "offset"), (typeof(StepTarget), "shape"), (typeof(StepTarget), "strides"),
    ];

    public static void Add(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) { return; }
        foreach (JsonPropertyInfo property in type.Properties)
        {
            property.IsRequired = property.Get is not null
                && !s_optional.Contains((type.Type, property.Name));       // an ignored property has no getter
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
                    throw new JsonException($"{getter.Name} of {value.GetType().Name} is {member}, which is not a member of the enum");
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
