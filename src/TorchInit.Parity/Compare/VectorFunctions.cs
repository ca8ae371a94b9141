namespace TorchInit.Parity;

/// <summary>How far torch's vector functions are from C#'s, which rounds the exact value except where it has torch's own.</summary>
static class VectorFunctions
{
    /// <summary>The largest distance that is allowed, in units in the last place: twice what was measured with torch 1.13.1 and 2.6.0 on
    /// 60,000 arguments of each function. 0 if the bits are torch's; null if nothing is known.</summary>
    public static ulong? Ulps(InitStep step, DType dtype, TorchProfile profile) => step switch
    {
        _ when profile.Gpu is not null => 0,
        UnaryStep { Operation: UnaryOperation.Exp or UnaryOperation.ExpM1 or UnaryOperation.Log or UnaryOperation.Sigmoid }
            => profile.HasSleef ? 0 : Allowed(dtype),
        // MKL's root of 0.5 and of 2 is not the nearest double (2.11.0, AVX-512).
        UnaryStep { Operation: UnaryOperation.Sqrt or UnaryOperation.Root }
            => dtype == DType.Float64 && profile.Erf == ErfImplementation.Vendor ? 2UL : 0,
        UnaryStep { Operation: UnaryOperation.Sin or UnaryOperation.Cos or UnaryOperation.Tanh } => Allowed(dtype),
        UnaryStep { Operation: UnaryOperation.ErfInv } => null,
        ScalarStep { IsVectorPower: true } => dtype == DType.Float32 ? 14 : Allowed(dtype),
        _ => 0,
    };

    // Of float32 and float64 2 were measured, of 16 bits none; of powers in float32 7, with 2.6.0 and AVX-512.
    static ulong Allowed(DType dtype) => dtype is DType.Float32 or DType.Float64 ? 4UL : 1UL;

    /// <summary>How far each memory may deviate after all steps: 0 for the same bits, null if a function's last bits went through
    /// others and may be anything.</summary>
    public static IReadOnlyDictionary<int, ulong?> Of(InitPlan plan, DType dtype)
    {
        Dictionary<int, ulong?> allowed = [];
        foreach (PlacedStep placed in plan.Placed)
        {
            InitStep step = placed.Step;
            ulong?[] read = [.. step.Reads.Select(name => allowed.GetValueOrDefault(plan.StorageOf(name), 0UL))];
            ulong? own = Ulps(step, placed.Tensor.TypeOr(dtype), plan.Profile);
            ulong? result = Array.TrueForAll(read, ulps => ulps == 0) ? own
                : step is CopyStep && Array.TrueForAll(read, ulps => ulps is not null) ? read.Max() : null;
            foreach (int storage in step.Writes.Select(plan.StorageOf))
            {
                ulong? before = placed.Replaces || step.IsInPlace ? 0 : allowed.GetValueOrDefault(storage, 0UL);
                allowed[storage] = before is null || result is null ? null : Math.Max(before.Value, result.Value);
            }
        }
        return allowed;
    }
}
