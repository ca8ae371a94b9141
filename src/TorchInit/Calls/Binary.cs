using TorchInit.Syntax;

namespace TorchInit;

/// <summary>An operation of a tensor with a number or another tensor: the common dtype and shape, and the memory of the result.</summary>
static class Binary
{
    /// <summary>A new tensor, or the left operand if nothing else uses it.</summary>
    public static PlannedTensor Result(TensorPlanner planner, ScalarOperation operation, PlannedTensor left, PythonArgument right)
    {
        PlannedTensor? other = TensorOf(planner, right);
        DType? dtype = Type(operation, left, right, other);
        if (other is null)
        {
            PlannedTensor alone = planner.Owned(left, left.Shape, dtype, Strided.OfResult(left.Shape, left));
            return planner.Do(alone, Step(alone, operation, right));
        }
        long[] shape = Strided.Broadcast(left.Shape, other.Shape);
        PlannedTensor cast = planner.Cast(other, dtype);
        PlannedTensor result = planner.Owned(left, shape, dtype, Strided.OfResult(shape, left, other));
        return planner.Do(result, new CombineStep(result.Target, operation, Strided.Expanded(cast, shape).Target));
    }

    /// <summary>Changes the left operand, which keeps its dtype and shape.</summary>
    public static PlannedTensor InPlace(TensorPlanner planner, ScalarOperation operation, PlannedTensor left, PythonArgument right)
    {
        PlannedTensor? other = TensorOf(planner, right);
        DType? dtype = Type(operation, left, right, other);
        if (!Promotion.CanCast(dtype, left.DType)) { throw CannotCast(dtype, left); }
        if (other is null)
        {
            return dtype == left.DType ? planner.Do(left, Step(left, operation, right))
                : planner.Copy(left, Result(planner, operation, left with { IsTemporary = false }, right));
        }
        long[] shape = Strided.Broadcast(left.Shape, other.Shape);
        if (!shape.SequenceEqual(left.Shape))
        {
            throw TorchArgumentException.RuntimeError("other", other.Shape, $"sizes that broadcast to {TensorShape.Text(left.Shape)}",
                $"output with shape [{TensorShape.Listed(left.Shape)}] doesn't match the broadcast shape [{TensorShape.Listed(shape)}]");
        }
        Overlap.Check(left, other);
        if (dtype != left.DType) { return planner.Copy(left, Result(planner, operation, left with { IsTemporary = false }, right)); }
        PlannedTensor cast = planner.Cast(other, dtype);
        return planner.Do(left, new CombineStep(left.Target, operation, Strided.Expanded(cast, shape).Target));
    }

    public static TorchArgumentException CannotCast(DType? from, PlannedTensor to)
        => TorchArgumentException.RuntimeError("input", $"a tensor of {to.TypeName}", "a dtype that holds the result",
            $"result type {Named(from)} can't be cast to the desired output type {Named(to.DType)}");

    /// <summary>The tensor of an argument; null for a number.</summary>
    public static PlannedTensor? TensorOf(TensorPlanner planner, PythonArgument argument) => argument.Value is TorchCall or TorchMember
        ? planner.Tensor(argument.Value, argument.Name) : argument.Number is not null ? null
            : throw argument.TypeError("a number or a tensor", null);

    static DType? Type(ScalarOperation operation, PlannedTensor left, PythonArgument right, PlannedTensor? other)
    {
        bool isBool = left.DType == DType.Bool || other?.DType == DType.Bool || right.Value is TorchBool;
        if (isBool && operation is ScalarOperation.Sub or ScalarOperation.Rsub)
        {
            throw TorchArgumentException.RuntimeError("other", right.Value, "numbers on both sides",
                "Subtraction, the `-` operator, with a bool tensor is not supported.");
        }
        DType? dtype = other is null ? Promotion.Of([left], [right.Value]) : Promotion.Of([left, other]);
        if (operation == ScalarOperation.Div && Promotion.IsWhole(dtype)) { return null; }
        if (dtype == DType.Bool)
        {
            throw new NotFollowedException("arithmetic of bools is not followed; allowed: a number or a tensor of numbers as one operand.");
        }
        bool rounded = other is { Shape.Length: 0 } && other.DType != dtype && dtype is DType.Float16 or DType.BFloat16;
        return !rounded ? dtype : throw new NotFollowedException($"a tensor of {dtype!.Value.TorchName()} with one element of another "
            + "dtype is not followed; allowed: a number in its place, or the same dtype.");
    }

    static ScalarStep Step(PlannedTensor tensor, ScalarOperation operation, PythonArgument number)
    {
        const long exact = 1L << 53;
        if (!tensor.IsFloatingPoint && number.Integer is < -exact or > exact)
        {
            throw new NotFollowedException($"{number.Name} is {number.Value}; allowed with integers: -2^53 to 2^53.");
        }
        return new(tensor.Target, operation, number.Number!.Value);
    }

    static string Named(DType? dtype) => Elements.ScalarTypeName(dtype ?? DType.Float32);
}
