using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TorchInit;

/// <summary>Plans as JSON, both ways. Doubles keep every bit; NaN and infinities are the strings "NaN", "Infinity", "-Infinity".</summary>
public static class PlanJson
{
    static readonly PlanJsonContext s_context = new(new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters =
        {
            new ExactDoubleConverter(), Names<DType>(), Names<ParameterKind>(), Names<CpuCapability>(), Names<ErfImplementation>(),
            Names<LapackImplementation>(), Names<ScalarOperation>(), Names<UnaryOperation>(), Names<SampleOrder>(),
            Names<Comparison>(),
        },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 16,
        WriteIndented = true,
    });

    static readonly JsonTypeInfo<PlanDocument> s_document = WithChecks();

    /// <summary>How the types of a plan are written and read.</summary>
    internal static JsonSerializerOptions Options => s_document.Options;

    /// <summary>The plan as JSON: its title, class, profile, tensors in state-dict order, steps in order.</summary>
    /// <param name="plan">Any plan.</param>
    public static string Write(InitPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        TorchProfile profile = plan.Profile;
        return JsonSerializer.Serialize(new(plan.Title, profile.Version.ToString(), profile.Platform.Name(), profile.Cpu, profile.Erf,
            profile.Lapack,
            plan.Tensors, plan.Steps, plan.ResetSteps, plan.TorchClass, profile.Gpu is null ? null : profile.Device,
            profile.IsDefaultDevice), s_document);
    }

    /// <summary>The plan that <see cref="Write"/> wrote. Nothing is allocated for its tensors, whatever their shapes.</summary>
    /// <param name="json">Untrusted text.</param>
    /// <exception cref="InvalidDataException">It is no JSON, not a plan, a plan that does not hold together, or one beyond
    /// <see cref="Limits"/>; the message says where.</exception>
    public static InitPlan Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        int most = Limits.Current.PlanCharacters;
        if (json.Length > most)
        {
            throw new InvalidDataException($"The plan has {json.Length} characters; {Limits.Allowed(most, nameof(Limits.PlanCharacters))}.");
        }
        try
        {
            PlanDocument document = JsonSerializer.Deserialize(json, s_document) ?? throw new InvalidDataException("The plan is null.");
            TorchProfile official = TorchProfile.For(document.Torch, TorchPlatform.Parse(document.Platform), document.Cpu);
            TorchProfile profile = official.On(document.Device ?? "cpu") with
            {
                Erf = document.Erf,
                Lapack = document.Lapack,
                IsDefaultDevice = document.IsDefaultDevice,
            };
            return new(document.Title, profile, document.Tensors, document.Steps, document.ResetSteps)
            {
                TorchClass = document.TorchClass ?? ModuleFacts.Of(document.Title).Class,
            };
        }
        catch (Exception error) when (error is JsonException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new InvalidDataException($"This is not a plan: {error.Message}", error);
        }
    }

    static JsonStringEnumConverter<T> Names<T>()
        where T : struct, Enum
        => new(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

    static JsonTypeInfo<PlanDocument> WithChecks()
    {
        JsonSerializerOptions options = new(s_context.Options) { TypeInfoResolver = s_context.WithAddedModifier(PlanJsonChecks.Add) };
        return (JsonTypeInfo<PlanDocument>)options.GetTypeInfo(typeof(PlanDocument));
    }
}
