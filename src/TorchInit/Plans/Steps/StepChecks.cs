namespace TorchInit;

/// <summary>Checks of a second operand that several steps share.</summary>
static class StepChecks
{
    /// <summary>Requires a member of the enum.</summary>
    public static void IsDefined<TEnum>(InitStep step, TEnum member)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(member))
        {
            throw new ArgumentException($"{step} has the {typeof(TEnum).Name} {member}; allowed: the members of {typeof(TEnum).Name}.",
                nameof(member));
        }
    }

    /// <summary>Requires as many elements as the target has.</summary>
    public static void SameCount(InitStep step, StepTarget operand, string name, ReadOnlySpan<long> shape,
        Func<string, ParameterSpec> tensors)
    {
        if (Count(operand, tensors) != TensorShape.CountOrThrow(shape))
        {
            throw new ArgumentException($"{name} {operand} of {step} does not fit the target shape {TensorShape.Text(shape)}; allowed: as "
                + "many elements.", nameof(shape));
        }
    }

    /// <summary>Requires that many elements or one, of the target's dtype.</summary>
    public static void SameOrOne(InitStep step, StepTarget operand, Int128 elements, Func<string, ParameterSpec> tensors)
    {
        long count = Count(operand, tensors);
        if (count != elements && count != 1 || tensors(operand.Tensor).DType != tensors(step.Target.Tensor).DType)
        {
            throw new ArgumentException($"source {operand} of {step} does not fit; allowed: {elements} elements or one, of the target's "
                + "dtype.", nameof(operand));
        }
    }

    /// <summary>Requires the target's dtype of what is read beside it.</summary>
    public static void OneDType(InitStep step, Func<string, ParameterSpec> tensors, params ReadOnlySpan<string> operands)
    {
        DType? own = tensors(step.Target.Tensor).DType;
        foreach (string operand in operands)
        {
            if (tensors(operand).DType != own)
            {
                throw new ArgumentException($"{operand} of {step} has another dtype than {step.Target}; allowed: one dtype.",
                    nameof(operands));
            }
        }
    }

    public static void IsOf(InitStep step, StepTarget operand, DType dtype, Func<string, ParameterSpec> tensors)
    {
        if (tensors(operand.Tensor).DType != dtype)
        {
            throw new ArgumentException($"{operand} of {step} is not {dtype.TorchName()}; allowed: that dtype.", nameof(operand));
        }
    }

    public static long Count(StepTarget operand, Func<string, ParameterSpec> tensors)
        => ViewLayout.OfSource(operand, [.. tensors(operand.Tensor).Shape]).Count;
}
