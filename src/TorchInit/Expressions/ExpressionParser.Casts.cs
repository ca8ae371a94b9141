namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    // Parameters whose .data, or a part of which, has a variable: it keeps its memory when the parameter gets another one.
    readonly List<(PythonScope Scope, string Name)> _held = [];

    static DType? DTypeOfMethod(string name) => name switch
    {
        "double" => DType.Float64,
        "float" => DType.Float32,
        "half" => DType.Float16,
        "bfloat16" => DType.BFloat16,
        _ => null,
    };

    /// <summary>model.half(), model.to(torch.float64): the dtype of all floating-point parameters and buffers in it.</summary>
    void Cast(ExpressionToken at, TorchValue module, DType dtype)
    {
        if (!dtype.IsFloatingPoint())
        {
            throw Error(at, $"TypeError: nn.Module.to only accepts floating point or complex dtypes, but got desired dtype="
                + $"torch.{dtype.TorchName()}", "TypeError");
        }
        HashSet<PythonScope> seen = [.. Scopes(_scope)];
        if (_held.Find(held => seen.Contains(held.Scope) && held.Scope.OwnValue(held.Name) is TorchMember) is { Name: { } name })
        {
            throw Error(at, $"expected no variable with the data of a parameter when a module's dtype changes, found {Short(name)}");
        }
        _hasMoved = true;
        if (_program is null)
        {
            _needsRecord = true;
            return;
        }
        if (IsMade(module)) { MakePending(); }
        Program.Cast((TorchCall)module, dtype);
    }
}
