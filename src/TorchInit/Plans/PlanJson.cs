using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TorchInit;

/// <summary>Plans as JSON, both ways. Doubles keep every bit; NaN and infinities are the strings "NaN", "Infinity", "-Infinity".</summary>
public static class PlanJson
{
    internal static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters =
        {
            new ExactDoubleConverter(), Names<CpuCapability>(), Names<ErfImplementation>(), Names<LapackImplementation>(),
            Names<ParameterKind>(), Names<DType>(),
        },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        // Made when this is compiled: a trimmed or native program has nothing to reflect on.
        TypeInfoResolver = PlanJsonContext.Default.WithAddedModifier(RequireAllButOptional).WithAddedModifier(RefuseWhatIsNone),
        MaxDepth = 16,
        WriteIndented = true,
    };

    static JsonTypeInfo<PlanDocument> TypeInfo => (JsonTypeInfo<PlanDocument>)Options.GetTypeInfo(typeof(PlanDocument));

    static JsonStringEnumConverter<T> Names<T>()
        where T : struct, Enum => new(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

    /// <summary>The plan as JSON: its title, profile, tensors in state-dict order, steps in order.</summary>
    /// <param name="plan">Any plan.</param>
    public static string Write(InitPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        TorchProfile profile = plan.Profile;
        PlanDocument document = new(plan.Title, profile.Version.ToString(), profile.Platform.Name(), profile.Cpu, profile.Erf,
            profile.Lapack, plan.Tensors, plan.Steps, plan.ResetSteps);
        return JsonSerializer.Serialize(document, TypeInfo);
    }

    /// <summary>The plan that <see cref="Write"/> wrote. Nothing is allocated for its tensors, whatever their shapes.</summary>
    /// <param name="json">Untrusted text.</param>
    /// <exception cref="InvalidDataException">It is no JSON, not a plan, a plan that does not hold together, or one beyond <see cref="Limits"/>; the message says where.</exception>
    public static InitPlan Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        int most = Limits.Current.PlanCharacters;
        if (json.Length > most) { throw new InvalidDataException($"The plan has {json.Length} characters; {Limits.Allowed(most, nameof(Limits.PlanCharacters))}."); }
        try
        {
            PlanDocument document = JsonSerializer.Deserialize(json, TypeInfo) ?? throw new InvalidDataException("The plan is null.");
            TorchProfile profile = TorchProfile.For(document.Torch, TorchPlatformExtensions.Parse(document.Platform), document.Cpu) with { Erf = document.Erf, Lapack = document.Lapack };
            return new(document.Title, profile, document.Tensors, document.Steps, document.ResetSteps);
        }
        catch (Exception error) when (error is JsonException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new InvalidDataException($"This is not a plan: {error.Message}", error);
        }
    }

    /// <summary>A missing number would read as 0: whatever is not marked as left out when null or default must be there.</summary>
    static void RequireAllButOptional(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties)
        {
            property.IsRequired = !IsOptional(type.Type, property);
        }
    }

    /// <summary>What may be left out: what may be null, an offset of 0; and what is not written at all.</summary>
    static bool IsOptional(Type type, JsonPropertyInfo property) => (type.Name, property.Name) switch
    {
        (nameof(StepTarget), "offset" or "shape" or "strides") => true,
        (nameof(PlanDocument), "reset_steps") => true,
        _ => Nullable.GetUnderlyingType(property.PropertyType) is not null || (property.Get is null && property.Set is null),
    };

    /// <summary>The serializer puts null where a text or a list belongs, and takes numbers that no member of an enum has; here both are no plan.</summary>
    static void RefuseWhatIsNone(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) { return; }
        (string Name, Func<object, object?> Get)[] never = [.. type.Properties.Where(NeverNull).Select(property => (property.Name, property.Get!))];
        (string Name, Func<object, object?> Get)[] lists = [.. type.Properties.Where(property => property.PropertyType == typeof(IReadOnlyList<long>)).Select(property => (property.Name, property.Get!))];
        (string Name, Func<object, object?> Get)[] enums =
            [.. type.Properties.Where(property => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).IsEnum).Select(property => (property.Name, property.Get!))];
        type.OnDeserialized = value =>
        {
            foreach ((string name, Func<object, object?> get) in never)
            {
                if (get(value) is null) { throw new JsonException($"{name} of {value.GetType().Name} is null"); }
            }
            foreach ((string name, Func<object, object?> get) in enums)
            {
                if (get(value) is { } member && !Enum.IsDefined(member.GetType(), member)) { throw new JsonException($"{name} of {value.GetType().Name} is {member}, which is none"); }
            }
            int most = Limits.Current.Dimensions;
            foreach ((string name, Func<object, object?> get) in lists)
            {
                if (get(value) is IReadOnlyList<long> sizes && sizes.Count > most) { throw new JsonException($"{name} of {value.GetType().Name} has {sizes.Count} numbers; {Limits.Allowed(most, nameof(Limits.Dimensions))}"); }
            }
        };

        bool NeverNull(JsonPropertyInfo property) => !property.PropertyType.IsValueType && !IsOptional(type.Type, property);
    }
}
