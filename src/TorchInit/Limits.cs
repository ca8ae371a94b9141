using System.Numerics;
using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary>What a file or a request may cost: one set of limits for all readers, and for everything that makes or runs plans.</summary>
/// <remarks>
/// A request beyond a limit is refused before it costs anything, and the message names the limit. If you need more, raise it:
/// <c>Limits.Current = Limits.Current with { Tensors = 1_000_000 };</c> docs/limits.md has the table. A negative limit is an
/// <see cref="ArgumentOutOfRangeException"/>.
/// </remarks>
public sealed record Limits
{
    static volatile Limits s_current = new();

    /// <summary>The limits of this process; the defaults until you set others.</summary>
    /// <exception cref="ArgumentNullException">The new value is null.</exception>
    public static Limits Current
    {
        get => s_current;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            s_current = value;
        }
    }

    /// <summary>Dimensions of a tensor in a file: 64, NumPy's limit.</summary>
    public int Dimensions { get; init => field = NotNegative(value); } = 64;

    /// <summary>How many times its own size a compressed file (.npz) may expand to: 10. Up to 64 MiB is always read.</summary>
    public int Expansion { get; init => field = NotNegative(value); } = 10;

    /// <summary>Characters in a plan's JSON: 256 Mi.</summary>
    public int PlanCharacters { get; init => field = NotNegative(value); } = 256 << 20;

    /// <summary>Tensors in a plan or an archive: 100,000.</summary>
    public int Tensors { get; init => field = NotNegative(value); } = 100_000;

    /// <summary>Steps in a plan: 400,000.</summary>
    public int Steps { get; init => field = NotNegative(value); } = 400_000;

    /// <summary>Operations that a plan runs beyond one per element: power iterations, permutations of sparse fills, the products of QR
    /// decompositions. 10¹², about an hour.</summary>
    public long Operations { get; init => field = NotNegative(value); } = 1_000_000_000_000;

    /// <summary>Every limit with its value.</summary>
    public override string ToString()
        => $"Limits {{ Dimensions = {Dimensions}, Expansion = {Expansion}, PlanCharacters = {PlanCharacters}, Tensors = {Tensors}, "
            + $"Steps = {Steps}, Operations = {Operations} }}";

    static T NotNegative<T>(T value, [CallerMemberName] string limit = "")
        where T : INumberBase<T>
        => T.IsNegative(value)
            ? throw new ArgumentOutOfRangeException(nameof(value), value, $"Limits.{limit}: allowed: 0 or more.") : value;

    /// <summary>Bytes that a compressed file of <paramref name="fileBytes"/> may expand to.</summary>
    internal long Expanded(long fileBytes) => (long)Int128.Min(Int128.Max(64 << 20, (Int128)Expansion * fileBytes), long.MaxValue);

    /// <summary>How a refusal ends: the limit, and how to raise it.</summary>
    internal static string Allowed(Int128 most, string limit) => $"allowed: at most {most} (Limits.{limit} raises it)";

    /// <summary>Refuses a plan with too many tensors or steps, before they are allocated.</summary>
    /// <exception cref="ArgumentException">A limit is exceeded.</exception>
    internal static void Check(Int128 tensors, Int128 steps, string what)
    {
        Limits current = Current;
        if (tensors > current.Tensors)
        {
            throw new ArgumentException($"{what} has {tensors} tensors; {Allowed(current.Tensors, nameof(Tensors))}.");
        }
        if (steps > current.Steps) { throw new ArgumentException($"{what} has {steps} steps; {Allowed(current.Steps, nameof(Steps))}."); }
    }
}
