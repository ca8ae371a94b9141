using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TorchInit;

/// <summary>Writes plans as JSON and reads them back. Doubles keep every bit; NaN and infinities are the strings "NaN", "Infinity",
/// "-Infinity", and other NaNs than Python's "NaN:" with their bits. Repeated layers are one block with a count. docs/plan-format.md
/// describes the format.</summary>
public static partial class PlanJson
{
    /// <summary>The format version that <see cref="Write"/> writes, and the newest that <see cref="Read"/> reads.</summary>
    public const int Format = 1;

    static readonly PlanJsonContext s_context = new(new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters =
        {
            new ExactDoubleConverter(), new NamesConverter<DType>(dtype => dtype.TorchName()),
            Names<ParameterKind>(), Names<CpuCapability>(), Names<ErfImplementation>(),
            Names<LapackImplementation>(), Names<ScalarOperation>(), Names<UnaryOperation>(), Names<SampleOrder>(), Names<Comparison>(),
            new ValuesConverter(),
            new FoldedListConverter<ParameterSpec>("tensors", (tensor, name) => tensor.Renamed(name),
                () => (Limits.Current.Tensors, nameof(Limits.Tensors))),
            new FoldedListConverter<InitStep>("steps", (step, name) => step.Renamed(name),
                () => (Limits.Current.Steps, nameof(Limits.Steps))),
        },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
#if NET10_0_OR_GREATER
        AllowOutOfOrderMetadataProperties = true,                     // a step's op may be anywhere: other programs sort keys
        AllowDuplicateProperties = false,
#endif
        MaxDepth = 16,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,        // names are written as they are; a plan is not HTML
    });

    static readonly JsonTypeInfo<PlanDocument> s_document = WithChecks(isIndented: true);

    /// <summary>The serializer options for the types of a plan.</summary>
    internal static JsonSerializerOptions Options => s_document.Options;

    static readonly Lazy<JsonSerializerOptions> s_line = new(() => WithChecks(isIndented: false).Options);

    /// <summary>The options for one tensor or step per line; created only when something is written.</summary>
    internal static JsonSerializerOptions LineOptions => s_line.Value;

    /// <summary>The plan as JSON: its title, class, profile, tensors in state-dict order, steps in order.</summary>
    /// <param name="plan">Any plan.</param>
    public static string Write(InitPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return JsonSerializer.Serialize(Document(plan), s_document);
    }

    /// <summary>Reads a plan that <see cref="Write"/> wrote. Nothing is allocated for its tensors, whatever their shapes.</summary>
    /// <param name="json">The text; it may be untrusted.</param>
    /// <exception cref="InvalidDataException">The text is not JSON, not a plan, an inconsistent plan, or one beyond <see cref="Limits"/>;
    /// the message says where.</exception>
    public static InitPlan Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Completed(json, document => document.Data is null ? document
            : throw new InvalidDataException($"This plan's values are in {document.Data.File} beside it; read it with PlanJson.Load."));
    }

    static InitPlan Completed(string json, Func<PlanDocument, PlanDocument> completed)
    {
        int most = Limits.Current.PlanCharacters;
        if (json.Length > most)
        {
            throw new InvalidDataException($"The plan has {json.Length} characters; {Limits.Allowed(most, nameof(Limits.PlanCharacters))}.");
        }
        try
        {
            CheckFormat(json);
            PlanDocument document = completed(JsonSerializer.Deserialize(json, s_document)
                ?? throw new InvalidDataException("The plan is null."));
            CheckFormat(document.Format ?? Format);
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
        // InvalidOperationException: a text with half of a surrogate pair.
        catch (Exception error) when (error is JsonException or ArgumentException or NotSupportedException or OverflowException
            or InvalidOperationException)
        {
            throw new InvalidDataException($"This is not a plan: {PlanJsonErrors.Words(error)}", error);
        }
    }

    static PlanDocument Document(InitPlan plan)
    {
        TorchProfile profile = plan.Profile;
        return new(plan.Title, profile.Version.ToString(), profile.Platform.Name(), profile.Cpu, profile.Erf, profile.Lapack, plan.Tensors,
            plan.Steps, plan.ResetSteps, plan.TorchClass, profile.Gpu is null ? null : profile.Device, profile.IsDefaultDevice, Format);
    }

    /// <summary>Refuses a later format because of its version, not because of its first unknown member.</summary>
    static void CheckFormat(string json)
    {
        Utf8JsonReader reader = new(System.Text.Encoding.UTF8.GetBytes(json, 0, Math.Min(json.Length, 200)), isFinalBlock: false, default);
        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read()
            && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("format") && reader.Read()
            && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long format)) { CheckFormat(format); }
    }

    static void CheckFormat(long format)
    {
        if (format is < 1 or > Format)
        {
            throw new InvalidDataException($"The plan has format {format}; allowed: 1 to {Format}. A later version of TorchInit may"
                + " read it.");
        }
    }

    static NamesConverter<T> Names<T>()
        where T : struct, Enum
        => new();

    static JsonTypeInfo<PlanDocument> WithChecks(bool isIndented)
    {
        JsonSerializerOptions options = new(s_context.Options)
        {
            TypeInfoResolver = s_context.WithAddedModifier(PlanJsonChecks.Add),
            WriteIndented = isIndented,
        };
        return (JsonTypeInfo<PlanDocument>)options.GetTypeInfo(typeof(PlanDocument));
    }
}
