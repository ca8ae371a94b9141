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

    /// <summary>The seed of the text's draws, in the form a <see cref="Generator"/> takes: that of torch.manual_seed or, if the text draws
    /// on a GPU, of torch.cuda.manual_seed. Null for none.</summary>
    public ulong? Seed => _program?.Seeds.Of(Read(DeviceArgument.Cpu).Drawing.FirstOrDefault(DeviceArgument.Cpu));

    /// <summary>The seed of the text's draws where a profile draws.</summary>
    internal ulong? SeedOn(TorchProfile profile) => _program?.Seeds.Of(profile.Gpu is null ? DeviceArgument.Cpu
        : Read(DeviceArgument.FirstGpu).Drawing.FirstOrDefault(DeviceArgument.FirstGpu));

    /// <summary>Parses one expression, or statements: a pasted <c>__init__</c>, a class, lines of a notebook.</summary>
    /// <param name="text">At most <see cref="TorchExpression.MaxLength"/> long; the work it may cause is limited.</param>
    /// <exception cref="TorchExpressionException">The text is none of these.</exception>
    public static TorchProgram Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool isExpression = !ExpressionScanner.HasStatements(text);
        if (isExpression && new ExpressionParser(text).PlainCall() is { } call) { return new(text, call, null, null); }
        ProgramRecorder program = new();
        ProgramResult result = new ExpressionParser(text, program, isExpression).Statements();
        if (result.Module is null && result.Variables.Count == 0 && program.Last is { } only) { result = new(only, []); }
        if (result.Module is null && result.Variables.Count == 0)
        {
            throw new TorchExpressionException(text, 0, "expected a module or tensor that the text makes, found none");
        }
        return new(text, null, program, result);
    }

    /// <summary>The plan. Its tensors have torch's state-dict names for the module that the text creates, or for its variables.</summary>
    /// <param name="profile">The torch to follow. Null: <see cref="TorchProfile.Default"/>, or torch 2.11 on <see cref="Gpu.Any"/> if the
    /// text draws on <c>'cuda'</c>.</param>
    /// <exception cref="ArgumentException">A name is unknown, torch refuses an argument (<see cref="TorchArgumentException"/>), or the text
    /// draws on several devices.</exception>
    /// <exception cref="NotInThisTorchException">The profile's torch does not have the class or argument yet.</exception>
    public InitPlan ToPlan(TorchProfile? profile = null)
    {
        if (_call is not null) { return _call.ToPlan(profile); }
        (TorchProfile drawn, TextDevices devices) = TextDevices.Resolve(Read, profile);
        if (drawn.Gpu is not null && _program!.Seeds.IsGpuSeededLate)
        {
            throw new ArgumentException("The text calls torch.cuda.manual_seed after its first module or tensor; allowed: before, because "
                + "a text has one seed and one stream.", nameof(profile));
        }
        InitPlan plan = new ProgramPlan(_program!, drawn, devices).Build(_result!, Title());
        bool takesBoth = drawn is { Gpu: not null, IsDefaultDevice: not true } && plan.Steps.Any(step => step is SparseStep);
        return !takesBoth || !_program!.Seeds.Differ ? plan : throw new NotFollowedException("sparse_ draws from the CPU's generator and "
            + "the GPU's, and the text seeds them differently; allowed: torch.manual_seed alone.");
    }

    /// <summary>Whether the text names a GPU.</summary>
    internal bool NamesGpu => Read(DeviceArgument.Cpu).NamesGpu;

    /// <summary>Whether the text puts its draws on a GPU, with the CPU or the GPU as torch's default device.</summary>
    /// <exception cref="ArgumentException">It draws on several devices.</exception>
    internal bool DrawsOnGpu(bool isDefault)
    {
        TorchProfile? profile = isDefault && NamesGpu ? TorchProfile.Cuda(TorchProfile.MeasuredOnCuda, Gpu.Any) with
        {
            IsDefaultDevice = true,
        } : null;
        return TextDevices.Resolve(Read, profile).Profile.Gpu is not null;
    }

    TextDevices Read(string usual) => _call is not null ? TextDevices.Of(_call, usual) : TextDevices.Of(_program!.Steps, usual);

    /// <summary>The plan's weights for the seed that the text sets.</summary>
    /// <param name="profile">The torch to follow, as for <see cref="ToPlan"/>.</param>
    /// <exception cref="InvalidOperationException">The text sets no seed.</exception>
    public StateDict Materialize(TorchProfile? profile = null)
    {
        InitPlan plan = ToPlan(profile);
        return plan.Materialize(SeedOn(plan.Profile)
            ?? throw new InvalidOperationException("The text sets no seed; pass one to the plan: ToPlan().Materialize(seed)."));
    }

    string Title()
    {
        const int most = 100;
        if (_result!.Module is { } module && !_program!.IsAnonymous(module))
        {
            string call = module.ToString();
            return call.Length <= most ? call : $"{ProgramRecorder.NameOf(module)}()";
        }
        string[] lines = [.. _title.Split('\n').Select(line => line.Trim()).Where(line => line.Contains('=', StringComparison.Ordinal)
            && !line.StartsWith('#'))];
        return lines.Length == 0 ? _title.Trim() : lines.Length == 1 ? lines[0] : $"{lines[0]} …";
    }
}
