using TorchInit.Syntax;

namespace TorchInit;

/// <summary>The arguments of <c>x.to(…)</c>, in each of torch's forms: a device, a dtype, both, or another tensor.</summary>
/// <param name="Device">The device; null for none.</param>
/// <param name="DType">The dtype; null for none.</param>
/// <param name="Other">The tensor whose device and dtype are taken; null for none.</param>
/// <param name="IsCopy">Whether the result is a copy in any case.</param>
sealed record TensorMove(TorchValue? Device, DType? DType, TorchValue? Other, bool IsCopy)
{
    /// <summary>The parameters of <c>to</c> after the tensor.</summary>
    public const string Signature = "*args, device=None, dtype=None, other=None, non_blocking=False, copy=False, memory_format=None";

    /// <summary>Reads the arguments of <c>to</c>.</summary>
    /// <exception cref="ArgumentException">The device is neither the CPU nor a CUDA GPU.</exception>
    /// <exception cref="TorchArgumentException">torch has no such device, or <c>to</c> has no such argument.</exception>
    public static TensorMove Of(IEnumerable<TorchValue> arguments, IEnumerable<TorchKeyword> keywords)
    {
        TensorMove move = new(null, null, null, false);
        int flags = 0;
        foreach (TorchValue value in arguments)
        {
            move = value switch
            {
                TorchBool flag => flags++ == 0 ? move : move with { IsCopy = flag.Value },
                _ => move.With(value),
            };
        }
        // A device is first by position, and anywhere among keywords.
        foreach (TorchKeyword keyword in keywords.OrderBy(keyword => keyword.Name != "device"))
        {
            move = keyword.Name switch
            {
                "device" or "dtype" or "other" => move.With(keyword.Value),
                "copy" => move with { IsCopy = keyword.Value is TorchBool { Value: true } },
                "non_blocking" or "memory_format" => move,
                _ => throw new PythonArgument(keyword.Name, keyword.Value).TypeError(
                    "device, dtype, other, non_blocking, copy and memory_format as keywords", null),
            };
        }
        return move;
    }

    /// <summary>The arguments of <c>x.cuda(…)</c> or <c>x.cpu()</c> as those of <c>to</c>.</summary>
    public static TorchValue DeviceOf(string method, IReadOnlyList<TorchValue> arguments, IReadOnlyList<TorchKeyword> keywords)
    {
        TorchValue given = method == "cpu" ? TorchNone.Instance : arguments.Count > 0 ? arguments[0]
            : keywords.FirstOrDefault(keyword => keyword.Name == "device")?.Value ?? TorchNone.Instance;
        DeviceArgument.CheckKnown(new("device", given));
        return given is TorchNone ? new TorchString(method) : given;
    }

    TensorMove With(TorchValue value)
    {
        switch (value)
        {
            case TorchNone: return this;
            case TorchDType dtype: return this with { DType = dtype.Value };
            case TorchCall or TorchMember: return this with { Other = value };
            case TorchString or TorchInt:
                DeviceArgument.CheckKnown(new("device", value));
                return DType is null ? this with { Device = value }
                    : throw new PythonArgument("device", value).TypeError("a device before the dtype", null);
            default: throw new PythonArgument("to", value).TypeError("a device, a dtype, or a tensor", null);
        }
    }
}
