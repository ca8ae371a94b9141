using System.Text.Json.Serialization;

namespace TorchInit;

/// <summary>The code that reads and writes a plan's JSON, generated when this library is compiled: nothing is looked up by
/// reflection.</summary>
[JsonSerializable(typeof(PlanDocument))]
sealed partial class PlanJsonContext : JsonSerializerContext;

/// <summary>A plan as it stands in JSON. Plans written before there was a format or a class have none, and no device where the CPU's
/// generator draws; data only where values lie in a file beside it.</summary>
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

/// <summary>The safetensors file that lies beside a plan and has its large constants.</summary>
/// <param name="File">Its name, in the plan's folder.</param>
/// <param name="Sha256">Of its bytes, in hexadecimal.</param>
sealed record PlanDataFile(string File, string Sha256);
