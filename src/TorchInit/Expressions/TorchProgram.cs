namespace TorchInit;

/// <summary>
/// Several lines of torch code, read as data: assignments, for loops over literals, modules, init functions, classes of nn.Module with an
/// <c>__init__</c>, torch.manual_seed. Python does not run and no name is looked up anywhere; anything else is refused.
/// </summary>
public sealed class TorchProgram
{
    readonly ProgramRecorder? _program;
    readonly ProgramResult? _result;
    readonly TorchCall? _call;
    readonly string _title;

    TorchProgram(string title, TorchCall? call, ProgramRecorder? program, ProgramResult? result)
        => (_title, _call, _program, _result) = (title, call, program, result);

    /// <summary>The seed that the text passes to torch.manual_seed, in the form a <see cref="Generator"/> takes; null for none.</summary>
    public ulong? Seed => _program?.Seed;

    /// <summary>Parses one expression, or statements: a pasted <c>__init__</c>, a class, lines of a notebook.</summary>
    /// <param name="text">At most <see cref="TorchExpression.MaxLength"/> long; the work it may cause is limited.</param>
    /// <exception cref="TorchExpressionException">The text is none of these.</exception>
    public static TorchProgram Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!ExpressionScanner.HasStatements(text)) { return new(text, TorchExpression.Parse(text), null, null); }
        ProgramRecorder program = new();
        ProgramResult result = new ExpressionParser(text, program).Statements();
        if (result.Module is null && result.Variables.Count == 0 && program.Last is { } only) { result = new(only, []); }
        if (result.Module is null && result.Variables.Count == 0)
        {
            throw new TorchExpressionException(text, 0, "expected a module or tensor that the text makes, found none");
        }
        return new(text, null, program, result);
    }

    /// <summary>The plan. Its tensors have torch's state-dict names for the module that the text creates, or for its variables.</summary>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="ArgumentException">A name is unknown, or torch refuses an argument
    /// (<see cref="TorchArgumentException"/>).</exception>
    /// <exception cref="NotInThisTorchException">The profile's torch does not have the class or argument yet.</exception>
    public InitPlan ToPlan(TorchProfile? profile = null) => _call is not null ? _call.ToPlan(profile)
        : new ProgramPlan(_program!, DeviceArgument.ProfileOf(Calls, profile)).Build(_result!, Title());

    /// <summary>Whether part of the text has <c>device='cuda'</c>.</summary>
    internal bool NamesGpu => Calls.Any(DeviceArgument.NamesGpu);

    IReadOnlyList<TorchValue> Calls => _call is not null ? [_call]
        : [.. _program!.Steps.OfType<MakeStep>().Select(step => step.Call)];

    /// <summary>The plan's weights for the seed that the text sets.</summary>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="InvalidOperationException">The text sets no seed.</exception>
    public StateDict Materialize(TorchProfile? profile = null) => ToPlan(profile).Materialize(Seed
        ?? throw new InvalidOperationException("The text sets no seed; pass one to the plan: ToPlan().Materialize(seed)."));

    string Title()
    {
        if (_result!.Module is { } module && !_program!.IsAnonymous(module)) { return $"{module.Name}()"; }
        string[] lines = [.. _title.Split('\n').Select(line => line.Trim()).Where(line => line.Contains('=', StringComparison.Ordinal)
            && !line.StartsWith('#'))];
        return lines.Length == 0 ? _title.Trim() : lines.Length == 1 ? lines[0] : $"{lines[0]} …";
    }
}
