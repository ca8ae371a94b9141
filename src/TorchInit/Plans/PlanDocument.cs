using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace TorchInit;

/// <summary>A plan as its JSON has it.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "The serializer makes it.")]
sealed record PlanDocument(
    string Title,
    string Torch,
    string Platform,
    CpuCapability Cpu,
    ErfImplementation Erf,
    LapackImplementation Lapack,
    IReadOnlyList<ParameterSpec> Tensors,
    IReadOnlyList<InitStep> Steps,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<InitStep>? ResetSteps = null);

/// <summary>What the serializer knows of its types, written by the compiler.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PlanDocument))]
sealed partial class PlanJsonContext : JsonSerializerContext;
