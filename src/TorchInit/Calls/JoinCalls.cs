using TorchInit.Syntax;

namespace TorchInit;

/// <summary>Joining, choosing and copying tensors: <c>cat</c>, <c>stack</c>, <c>where</c>, <c>masked_fill</c>, <c>clone</c>,
/// <c>float</c>.</summary>
static class JoinCalls
{
    public static readonly TensorRule[] Rules =
    [
        .. new[] { "cat", "concat" }.Select(name => new TensorRule(name, "tensors, dim=0", (a, planner)
            => [Cat(planner, planner.Tensors(a["tensors"], "tensors"), a.Long("dim"))])),
        new("stack", "tensors, dim=0", (a, planner) => [Stack(planner, planner.Tensors(a["tensors"], "tensors"), a.Long("dim"))]),
        new("where", "condition, input, other", (a, planner)
            => [Where(planner, planner.Tensor(a["condition"], "condition"), a.Argument("input"), a.Argument("other"))]),
        TensorRule.Method("masked_fill", "mask, value", (a, planner, tensor) => Masked(a, planner, Cloned(planner, tensor))),
        TensorRule.Method("masked_fill_", "mask, value", Masked),
        TensorRule.Method("tril", "diagonal=0", (a, planner, tensor) => Triangle(planner, tensor, a.Long("diagonal"), Comparison.Ge)),
        TensorRule.Method("triu", "diagonal=0", (a, planner, tensor) => Triangle(planner, tensor, a.Long("diagonal"), Comparison.Le)),
        TensorRule.Method("clone", "", (_, planner, tensor) => Cloned(planner, tensor)),
        TensorRule.Method("repeat", "*repeats", (a, planner, tensor) => Repeated(planner, tensor, ViewCalls.Integers(a, "repeats"))),
        TensorRule.Method("copy_", "src", (a, planner, tensor) => Copied(planner, tensor, planner.Tensor(a["src"], "src"))),
        TensorRule.Method("to", TensorMove.Signature, To),
        TensorRule.Method("type_as", "other",
            (a, planner, tensor) => Converted(planner, tensor, planner.Tensor(a["other"], "other").DType)),
        .. new (string, DType)[]
        {
            ("double", DType.Float64), ("half", DType.Float16), ("bfloat16", DType.BFloat16), ("long", DType.Int64),
            ("short", DType.Int16), ("char", DType.Int8), ("byte", DType.UInt8),
        }.Select(cast => TensorRule.Method(cast.Item1, "", (_, planner, tensor) => Converted(planner, tensor, cast.Item2))),
        .. Enum.GetValues<Comparison>().Select(operation => TensorRule.Method(operation.ToString().ToLowerInvariant(), "other",
            (a, planner, tensor) => Compared(planner, operation, tensor, a.Argument("other")))),
    ];

    /// <summary>A tensor of the right dtype on its own device is returned itself, else copied.</summary>
    static PlannedTensor To(BoundArguments a, TensorPlanner planner, PlannedTensor tensor)
    {
        TensorMove move = TensorMove.Of(a.Source.Arguments.Skip(1), a.Source.Keywords.Where(keyword => keyword.Name != "input"));
        DType? dtype = move.Other is { } other ? planner.Tensor(other, "other").DType : move.DType ?? tensor.DType;
        if (tensor.DType != dtype) { return Converted(planner, tensor, dtype); }
        return planner.Devices.IsCopy(a.Source) || move.IsCopy
            ? planner.Owned(tensor, tensor.Shape, dtype, Strided.OfResult(tensor.Shape, tensor)) : tensor;
    }

    /// <summary>The tensor cast to a dtype. In a run of that dtype, it is the tensor itself in torch, so what follows may not reuse
    /// it.</summary>
    static PlannedTensor Converted(TensorPlanner planner, PlannedTensor tensor, DType? dtype)
    {
        PlannedTensor converted = planner.Cast(tensor, dtype);
        return converted with { IsTemporary = converted.IsTemporary && (tensor.IsTemporary || tensor.DType is not null) };
    }

    static PlannedTensor Cat(TensorPlanner planner, IReadOnlyList<PlannedTensor> tensors, long dim)
    {
        if (tensors.Count == 0)
        {
            throw new TorchArgumentException("tensors", "[]", "one tensor or more",
                planner.Profile.Has(2, 9) ? "ValueError" : "RuntimeError",
                "torch.cat(): expected a non-empty list of Tensors");
        }
        if (tensors.Any(tensor => tensor.Shape.Length == 0))
        {
            throw TorchArgumentException.RuntimeError("tensors", "a tensor without dimensions", "1 dimension or more",
                "zero-dimensional tensor cannot be concatenated");
        }
        DType? dtype = Promotion.Of(tensors);
        // A tensor of shape (0,) fits any other.
        PlannedTensor[] parts = [.. tensors.Where(tensor => tensor.Shape is not [0])];
        PlannedTensor model = parts.FirstOrDefault() ?? tensors[0];
        int dimension = Strided.Dimension(dim, model.Shape.Length);
        long[] shape = [.. model.Shape];
        shape[dimension] = parts.Sum(part => part.Shape.Length > dimension ? part.Shape[dimension] : 0);
        foreach (PlannedTensor part in parts)
        {
            bool fits = part.Shape.Length == shape.Length
                && Enumerable.Range(0, shape.Length).All(at => at == dimension || part.Shape[at] == shape[at]);
            if (!fits)
            {
                throw TorchArgumentException.RuntimeError("tensors", part.Shape, $"the sizes {TensorShape.Text(model.Shape)}, except in "
                    + $"dimension {dimension}", "Sizes of tensors must match except in dimension");
            }
        }
        PlannedTensor result = planner.New(shape, dtype);
        long[] strides = TensorShape.RowMajor(shape);
        long offset = 0;
        foreach (PlannedTensor part in parts)
        {
            if (part.Count > 0) { planner.Copy(result with { Shape = part.Shape, Strides = strides, Offset = offset }, part); }
            offset += part.Shape[dimension] * strides[dimension];
        }
        return result;
    }

    static PlannedTensor Stack(TensorPlanner planner, IReadOnlyList<PlannedTensor> tensors, long dim)
    {
        if (tensors.Count == 0)
        {
            throw new TorchArgumentException("tensors", "[]", "one tensor or more", "RuntimeError",
                "stack expects a non-empty TensorList");
        }
        int dimension = Strided.Dimension(dim, tensors[0].Shape.Length + 1);
        foreach (PlannedTensor tensor in tensors)
        {
            if (!tensor.Shape.SequenceEqual(tensors[0].Shape))
            {
                throw TorchArgumentException.RuntimeError("tensors", tensor.Shape, $"the sizes {TensorShape.Text(tensors[0].Shape)}",
                    "stack expects each tensor to be equal size");
            }
        }
        return Cat(planner, [.. tensors.Select(tensor => ViewCalls.Unsqueezed(tensor, dimension))], dimension);
    }

    static PlannedTensor Where(TensorPlanner planner, PlannedTensor condition, PythonArgument input, PythonArgument other)
    {
        PlannedTensor? left = Binary.TensorOf(planner, input), right = Binary.TensorOf(planner, other);
        CheckMask(condition, "condition");
        PlannedTensor[] tensors = [.. new[] { left, right }.OfType<PlannedTensor>()];
        DType? dtype = Promotion.Of(tensors, [.. new[] { input, other }.Where(value => value.Number is not null)
            .Select(value => value.Value)]);
        (left, right) = (left ?? One(planner, input, dtype), right ?? One(planner, other, dtype));
        (left, right) = (planner.Cast(left, dtype), planner.Cast(right, dtype));
        long[] shape = Strided.Broadcast(condition.Shape, left.Shape, right.Shape);
        PlannedTensor result = planner.Owned(right, shape, dtype, Strided.OfResult(shape, condition, left, right));
        return planner.Do(result, new WhereStep(result.Target, Strided.Expanded(condition, shape).Target,
            Strided.Expanded(left, shape).Target));
    }

    /// <summary>The elements whose row, moved by the diagonal, is at least or at most the column; zeros elsewhere.</summary>
    static PlannedTensor Triangle(TensorPlanner planner, PlannedTensor tensor, long diagonal, Comparison kept)
    {
        if (tensor.Shape.Length < 2)
        {
            throw TorchArgumentException.RuntimeError("input", tensor.Shape, "2 dimensions or more",
                "input tensor must have at least 2 dimensions");
        }
        (long rows, long columns) = (tensor.Shape[^2], tensor.Shape[^1]);
        diagonal = Math.Clamp(diagonal, -rows - 1, columns + 1);
        PlannedTensor result = planner.New(tensor.Shape, tensor.DType);
        if (result.Count == 0) { return result; }
        PlannedTensor row = planner.New([rows, 1], DType.Int64), column = planner.New([columns], DType.Int64);
        planner.Do(row, new SequenceStep(row.Target, diagonal, diagonal + rows, 1));
        planner.Do(column, new SequenceStep(column.Target, 0, columns, 1));
        PlannedTensor mask = planner.New([rows, columns], DType.Bool);
        planner.Do(mask, new CompareTensorsStep(mask.Target, kept, Strided.Expanded(row, mask.Shape).Target,
            Strided.Expanded(column, mask.Shape).Target));
        return planner.Do(result, new WhereStep(result.Target, Strided.Expanded(mask, tensor.Shape).Target, tensor.Target));
    }

    static PlannedTensor Masked(BoundArguments a, TensorPlanner planner, PlannedTensor tensor)
    {
        PlannedTensor mask = planner.Tensor(a["mask"], "mask");
        CheckMask(mask, "mask");
        if (Binary.TensorOf(planner, a.Argument("value")) is not null)
        {
            throw new NotFollowedException("masked_fill with a tensor is not followed; allowed: a number.");
        }
        if (a["value"] is TorchFloat && Promotion.IsWhole(tensor.DType)) { throw Binary.CannotCast(null, tensor); }
        long[] shape = Strided.Broadcast(tensor.Shape, mask.Shape);
        if (!shape.SequenceEqual(tensor.Shape))
        {
            throw new NotFollowedException("a mask larger than the tensor is not followed; allowed: one that broadcasts to it.");
        }
        PlannedTensor value = One(planner, a.Argument("value"), tensor.DType);
        return planner.Do(tensor, new WhereStep(tensor.Target, Strided.Expanded(mask, shape).Target,
            Strided.Expanded(value, shape).Target));
    }

    static void CheckMask(PlannedTensor mask, string name)
    {
        if (mask.DType != DType.Bool)
        {
            throw TorchArgumentException.RuntimeError(name, $"a tensor of {mask.TypeName}", "a tensor of bool",
                "expected a boolean tensor");
        }
    }

    static PlannedTensor Compared(TensorPlanner planner, Comparison operation, PlannedTensor left, PythonArgument other)
    {
        PlannedTensor? right = Binary.TensorOf(planner, other);
        DType? dtype = right is null ? Promotion.Of([left], [other.Value]) : Promotion.Of([left, right]);
        (PlannedTensor a, PlannedTensor b) = (planner.Cast(left, dtype), right is null ? One(planner, other, dtype)
            : planner.Cast(right, dtype));
        long[] shape = Strided.Broadcast(a.Shape, b.Shape);
        PlannedTensor answers = planner.New(shape, DType.Bool, Strided.OfResult(shape, right is null ? [left] : [left, right]));
        return planner.Do(answers, new CompareTensorsStep(answers.Target, operation, Strided.Expanded(a, shape).Target,
            Strided.Expanded(b, shape).Target));
    }

    /// <summary>A number as a tensor without dimensions.</summary>
    static PlannedTensor One(TensorPlanner planner, PythonArgument number, DType? dtype)
    {
        PlannedTensor one = planner.New([], dtype);
        return planner.Do(one, new DataStep(one.Target, [number.Number!.Value]));
    }

    static PlannedTensor Cloned(TensorPlanner planner, PlannedTensor tensor)
        => planner.IsReused(tensor) && tensor.IsDense ? tensor
            : planner.Copy(planner.New(tensor.Shape, tensor.DType, tensor.IsDense ? Dense(tensor) : Strided.OfResult(tensor.Shape, tensor)),
                tensor);

    static long[]? Dense(PlannedTensor tensor) => tensor.IsContiguous ? null : tensor.Strides;

    static PlannedTensor Copied(TensorPlanner planner, PlannedTensor tensor, PlannedTensor source)
    {
        if (!planner.Profile.Has(2, 0)) { TensorPlanner.CheckApart(tensor, planner.Profile); }
        if (tensor.Target == source.Target) { return tensor; }
        long[] shape = Strided.Broadcast(tensor.Shape, source.Shape);
        if (!shape.SequenceEqual(tensor.Shape))
        {
            throw TorchArgumentException.RuntimeError("src", source.Shape, $"sizes that broadcast to {TensorShape.Text(tensor.Shape)}",
                "The size of tensor a must match the size of tensor b");
        }
        Overlap.Check(tensor, source);
        return planner.Copy(tensor, source);
    }

    static PlannedTensor Repeated(TensorPlanner planner, PlannedTensor tensor, long[] repeats)
    {
        if (repeats.Length < tensor.Shape.Length)
        {
            throw TorchArgumentException.RuntimeError("repeats", repeats, $"{tensor.Shape.Length} numbers or more",
                "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor");
        }
        long[] own = [.. Enumerable.Repeat(1L, repeats.Length - tensor.Shape.Length), .. tensor.Shape];
        long[] steps = [.. Enumerable.Repeat(0L, repeats.Length - tensor.Shape.Length), .. tensor.Steps];
        PlannedTensor result = planner.New([.. own.Zip(repeats, (size, times) => size * times)], tensor.DType);
        if (result.Count == 0) { return result; }
        long[] strides = result.Steps;
        // Each dimension becomes two: the number of repeats, and the tensor's own size.
        long[] shape = [.. repeats.Zip(own, (times, size) => new[] { times, size }).SelectMany(pair => pair)];
        long[] to = [.. strides.Zip(own, (stride, size) => new[] { stride * size, stride }).SelectMany(pair => pair)];
        long[] from = [.. steps.SelectMany(step => new[] { 0, step })];
        planner.Copy(result with { Shape = shape, Strides = to }, tensor with { Shape = shape, Strides = from });
        return result;
    }
}
