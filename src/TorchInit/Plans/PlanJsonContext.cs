using System.Text.Json.Serialization;

namespace TorchInit;

/// <summary>The code that reads and writes a plan's JSON, generated when this library is compiled, without reflection.</summary>
[JsonSerializable(typeof(PlanDocument))]
sealed partial class PlanJsonContext : JsonSerializerContext;

/// <summary>A plan as JSON. Older plans have no format and no class; the device is missing if the CPU's generator draws; data is present
/// only if values are in a file beside the plan.</summary>
sealed record PlanDocument(
    string Title,
    string Torch,
    string Platform,
    CpuCapability Cpu,
    ErfImplementation Erf,
    LapackImplementation Lapack,
    IReadOnlyList<ParameterSpec> Tensors,
    IReadOnlyList<InitStep> Steps,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<InitStep>? ResetSteps = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TorchClass = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Device = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? IsDefaultDevice = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(-1)] int? Format = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PlanDataFile? Data = null);

/// <summary>The safetensors file beside a plan that holds its large constants.</summary>
/// <param name="File">Its name, in the plan's folder.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in hexadecimal.</param>
sealed record PlanDataFile(string File, string Sha256);
