using TorchInit.Syntax;

namespace TorchInit;

/// <summary>Arithmetic with numbers and tensors: <c>mul(randn(5), 0.02)</c>, also written <c>randn(5) * 0.02</c>, with torch's dtypes and
/// broadcasting; every function also in place.</summary>
static class ArithmeticCalls
{
    public static readonly TensorRule[] Rules =
    [
        .. Both("mul", ScalarOperation.Mul), .. Both("multiply", ScalarOperation.Mul), .. Both("div", ScalarOperation.Div),
        .. Both("divide", ScalarOperation.Div), .. Both("true_divide", ScalarOperation.Div), .. Both("add", ScalarOperation.Add),
        .. Both("sub", ScalarOperation.Sub), .. Both("subtract", ScalarOperation.Sub),
        .. Both("floor_divide", ScalarOperation.FloorDivide), .. Both("remainder", ScalarOperation.Remainder),
        TensorRule.Method("rsub", "other", (a, planner, tensor)
            => Binary.Result(planner, ScalarOperation.Rsub, tensor, a.Argument("other"))),
        TensorRule.Method("pow", "exponent", (a, planner, tensor) => Power(a, planner, tensor, inPlace: false)),
        TensorRule.Method("pow_", "exponent", (a, planner, tensor) => Power(a, planner, tensor, inPlace: true)),
        .. Enum.GetValues<UnaryOperation>().Where(operation => operation != UnaryOperation.Root)
            .SelectMany(operation => Unary(operation.ToString().ToLowerInvariant(), operation)),
        .. Clamps("clamp"), .. Clamps("clip"),
    ];

    static TensorRule[] Both(string name, ScalarOperation operation)
    {
        string rest = operation switch
        {
            ScalarOperation.Add or ScalarOperation.Sub => "other, *, alpha=1",
            ScalarOperation.Div => "other, *, rounding_mode=None",
            _ => "other",
        };
        return
        [
            TensorRule.Method(name, rest, (a, planner, tensor) => Binary.Result(planner, Of(a), tensor, a.Argument("other"))),
            TensorRule.Method($"{name}_", rest, (a, planner, tensor) => Binary.InPlace(planner, Of(a), tensor, a.Argument("other"))),
        ];

        ScalarOperation Of(BoundArguments a)
        {
            if (a.Has("alpha") && !a.Argument("alpha").Equals(1))
            {
                throw new NotFollowedException($"alpha of {name} is {a["alpha"]}; allowed: 1, or an explicit product.");
            }
            if (!a.Has("rounding_mode") || a.IsNone("rounding_mode")) { return operation; }
            return a.Argument("rounding_mode").Equals("floor") ? ScalarOperation.FloorDivide
                : throw new NotFollowedException($"rounding_mode is {a["rounding_mode"]}; allowed: None or 'floor'.");
        }
    }

    static TensorRule[] Unary(string name, UnaryOperation operation) =>
    [
        TensorRule.Method(name, "", (_, planner, tensor) => Unary(planner, tensor, name, operation, inPlace: false)),
        TensorRule.Method($"{name}_", "", (_, planner, tensor) => Unary(planner, tensor, name, operation, inPlace: true)),
    ];

    static PlannedTensor Unary(TensorPlanner planner, PlannedTensor tensor, string name, UnaryOperation operation, bool inPlace)
    {
        if (tensor.DType == DType.Bool && operation == UnaryOperation.Neg)
        {
            throw TorchArgumentException.RuntimeError("input", "a tensor of bool", "a tensor of numbers",
                "Negation, the `-` operator, on a bool tensor is not supported.");
        }
        bool roundsWhole = operation is UnaryOperation.Floor or UnaryOperation.Ceil or UnaryOperation.Trunc or UnaryOperation.Round;
        bool keeps = roundsWhole || operation is UnaryOperation.Neg or UnaryOperation.Abs or UnaryOperation.Square
            or UnaryOperation.Sign or UnaryOperation.Relu;
        bool keepsBool = operation == UnaryOperation.Abs && planner.Profile.Gpu is not null;
        if (tensor.DType == DType.Bool && keeps && !keepsBool)
        {
            throw operation is UnaryOperation.Square or UnaryOperation.Sign
                ? new NotFollowedException($"{name} of a tensor of bool is not followed; allowed: a tensor of numbers.")
                : operation == UnaryOperation.Relu ? TorchArgumentException.RuntimeError("input", "a tensor of bool", "a tensor of numbers",
                    "Boolean inputs not supported for relu")
                : TorchArgumentException.NotImplemented(planner.Profile, "input", "a tensor of bool", "a tensor of numbers", null);
        }
        DType? dtype = keeps ? tensor.DType : Promotion.IsWhole(tensor.DType) ? null : tensor.DType;
        if (inPlace && dtype != tensor.DType) { throw Binary.CannotCast(dtype, tensor); }
        PlannedTensor result = inPlace ? tensor
            : planner.Owned(tensor, tensor.Shape, dtype, Strided.OfResult(tensor.Shape, tensor));
        return (roundsWhole && Promotion.IsWhole(dtype)) || (keepsBool && dtype == DType.Bool) ? result
            : planner.Do(result, new UnaryStep(result.Target, operation));
    }

    static PlannedTensor Power(BoundArguments a, TensorPlanner planner, PlannedTensor tensor, bool inPlace)
    {
        PythonArgument exponent = a.Argument("exponent");
        if (exponent.Value is TorchCall or TorchMember)
        {
            throw new NotFollowedException("a power with a tensor as exponent is not followed; allowed: a number.");
        }
        double number = exponent.Number ?? throw exponent.TypeError("a number", null);
        DType? dtype = Promotion.Of([tensor], [exponent.Value]);
        if (Promotion.IsWhole(dtype) && number < 0)
        {
            throw TorchArgumentException.RuntimeError("exponent", exponent.Value, "0 or more, for a tensor of integers",
                "Integers to negative integer powers are not allowed.");
        }
        if (inPlace && !Promotion.CanCast(dtype, tensor.DType)) { throw Binary.CannotCast(dtype, tensor); }
        if (dtype == DType.Bool) { throw new NotFollowedException("a power of bools is not followed; allowed: a power of numbers."); }
        PlannedTensor result = inPlace ? tensor
            : planner.Owned(tensor, tensor.Shape, dtype, Strided.OfResult(tensor.Shape, tensor));
        bool isWhole = Promotion.IsWhole(dtype);
        return number switch
        {
            0 => planner.Do(result, new FillStep(result.Target, 1)),
            1 => result,
            2 => planner.Do(result, new UnaryStep(result.Target, UnaryOperation.Square)),
            0.5 when !isWhole => planner.Do(result, new UnaryStep(result.Target, UnaryOperation.Root)),
            -1 => planner.Do(result, new UnaryStep(result.Target, UnaryOperation.Reciprocal)),
            _ => planner.Do(result, new ScalarStep(result.Target, ScalarOperation.Pow, number)),
        };
    }

    static TensorRule[] Clamps(string name)
    {
        return [Of(name), Of($"{name}_"), Bound($"{name}_min", "min"), Bound($"{name}_max", "max")];

        TensorRule Of(string own) => TensorRule.Method(own, "min=None, max=None", (a, planner, tensor)
            => Clamped(planner, tensor, own, a.Argument("min"), a.Argument("max")));

        TensorRule Bound(string own, string which) => TensorRule.Method(own, which, (a, planner, tensor)
            => Clamped(planner, tensor, own, which == "min" ? a.Argument("min") : None, which == "max" ? a.Argument("max") : None));
    }

    static PythonArgument None => new("min", TorchNone.Instance);

    static PlannedTensor Clamped(TensorPlanner planner, PlannedTensor tensor, string name, PythonArgument min, PythonArgument max)
    {
        if (min.IsNone && max.IsNone)
        {
            throw TorchArgumentException.RuntimeError("min", null, "a number for min or max",
                "torch.clamp: At least one of 'min' or 'max' must not be None");
        }
        if (!tensor.IsFloatingPoint || min.Value is TorchCall or TorchMember || max.Value is TorchCall or TorchMember)
        {
            throw new NotFollowedException($"{name} of integers, or with tensor bounds, is not followed; allowed: floats and numbers.");
        }
        PlannedTensor result = name.EndsWith('_') ? tensor
            : planner.Owned(tensor, tensor.Shape, tensor.DType, Strided.OfResult(tensor.Shape, tensor));
        return planner.Do(result, new ClampStep(result.Target, Bound(min), Bound(max)));

        static double? Bound(PythonArgument bound) => bound.IsNone ? null : bound.Number ?? throw bound.TypeError("a number or None", null);
    }
}
