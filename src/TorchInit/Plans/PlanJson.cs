using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TorchInit;

/// <summary>Plans as JSON, both ways. Doubles keep every bit; NaN and infinities are the strings "NaN", "Infinity", "-Infinity".</summary>
public static class PlanJson
{
    /// <summary>The longest text that <see cref="Read"/> takes: 256 MiB.</summary>
    public const int MostCharacters = 256 << 20;

    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new ExactDoubleConverter(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireAllButOptional } },
        MaxDepth = 16,
        WriteIndented = true,
    };

    /// <summary>The plan as JSON: its title, profile, tensors in state-dict order, steps in order.</summary>
    /// <param name="plan">Any plan.</param>
    public static string Write(InitPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        TorchProfile profile = plan.Profile;
        return JsonSerializer.Serialize(
            new Document(plan.Title, profile.Version.ToString(), profile.Platform.Name(), profile.Cpu, profile.Erf, profile.Lapack, plan.Tensors, plan.Steps, plan.ResetSteps), Options);
    }

    /// <summary>The plan that <see cref="Write"/> wrote. Nothing is allocated for its tensors, whatever their shapes.</summary>
    /// <param name="json">Untrusted text.</param>
    /// <exception cref="InvalidDataException">It is no JSON, not a plan, or a plan that does not hold together; the message says where.</exception>
    public static InitPlan Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > MostCharacters) { throw new InvalidDataException($"The plan has {json.Length} characters; allowed: {MostCharacters}."); }
        try
        {
            Document document = JsonSerializer.Deserialize<Document>(json, Options) ?? throw new InvalidDataException("The plan is null.");
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
            property.IsRequired = property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: true) != true;
        }
    }

    [SuppressMessage("Performance", "CA1812", Justification = "The serializer makes it.")]
    sealed record Document(
        string Title,
        string Torch,
        string Platform,
        CpuCapability Cpu,
        ErfImplementation Erf,
        LapackImplementation Lapack,
        IReadOnlyList<ParameterSpec> Tensors,
        IReadOnlyList<InitStep> Steps,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<InitStep>? ResetSteps = null);
}
